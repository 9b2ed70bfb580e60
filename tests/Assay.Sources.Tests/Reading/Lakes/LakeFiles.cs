using System.Text;
using Assay.Testing.S3;

namespace Assay.Sources.Tests.Reading.Lakes;

/// <summary>Delta and Iceberg tables as the files they consist of, by their paths in the table's folder.</summary>
internal static class LakeFiles
{
    /// <summary>
    /// A Delta table of two versions, partitioned by <c>country</c>: the first holds ids 0 to 2, the second takes 0 and 1 away and adds 3.
    /// The engine reads Delta but does not write it, so the log is written here.
    /// </summary>
    public static async Task<Dictionary<string, byte[]>> DeltaAsync(EngineFixture fixture)
    {
        var first = await fixture.BytesAsync("Parquet", "SELECT number::Int64 AS id, concat('n', toString(number)) AS name FROM numbers(2)");
        var second = await fixture.BytesAsync("Parquet", "SELECT 2::Int64 AS id, 'n2' AS name");
        var third = await fixture.BytesAsync("Parquet", "SELECT 3::Int64 AS id, 'n3' AS name");
        const string schema = """{\"type\":\"struct\",\"fields\":[{\"name\":\"id\",\"type\":\"long\",\"nullable\":false,\"metadata\":{}},{\"name\":\"name\",\"type\":\"string\",\"nullable\":true,\"metadata\":{}},{\"name\":\"country\",\"type\":\"string\",\"nullable\":true,\"metadata\":{}}]}""";
        return new Dictionary<string, byte[]>
        {
            ["country=DE/a.parquet"] = first,
            ["country=FR/b.parquet"] = second,
            ["country=FR/c.parquet"] = third,
            ["_delta_log/00000000000000000000.json"] = Encoding.UTF8.GetBytes($$$"""
                {"protocol":{"minReaderVersion":1,"minWriterVersion":2}}
                {"metaData":{"id":"5fba94ed-9794-4965-ba6e-6ee3c0d22af9","format":{"provider":"parquet","options":{}},"schemaString":"{{{schema}}}","partitionColumns":["country"],"configuration":{},"createdTime":1587968585495}}
                {{{Add("country=DE/a.parquet", "DE", first)}}}
                {{{Add("country=FR/b.parquet", "FR", second)}}}
                """),
            ["_delta_log/00000000000000000001.json"] = Encoding.UTF8.GetBytes($$$"""
                {"remove":{"path":"country=DE/a.parquet","deletionTimestamp":1587968586001,"dataChange":true}}
                {{{Add("country=FR/c.parquet", "FR", third)}}}
                """),
        };
    }

    public static string Add(string path, string country, byte[] file) =>
        $$$"""{"add":{"path":"{{{path}}}","partitionValues":{"country":"{{{country}}}"},"size":{{{file.Length}}},"modificationTime":1587968586000,"dataChange":true}}""";

    /// <summary>An Iceberg table of two snapshots with ids 0 to 2, written by the engine to another place than it will lie at.</summary>
    public static async Task<Dictionary<string, byte[]>> IcebergAsync(EngineFixture fixture)
    {
        var server = await S3Server.SharedAsync();
        var bucket = server.CreateBucket();
        var table = $"ice_{Guid.NewGuid():n}";
        await fixture.Engine.ExecuteAsync(
            $"CREATE TABLE {table} (id Int64, name Nullable(String)) ENGINE = IcebergS3('{server.Endpoint}/{bucket}/old/place/', '{S3Server.AccessKey}', '{S3Server.SecretKey}', 'Parquet')");
        foreach (var select in (string[])["SELECT number, concat('n', toString(number)) FROM numbers(2)", "SELECT 2, NULL"])
            await fixture.Engine.ExecuteAsync($"INSERT INTO {table} SETTINGS allow_experimental_insert_into_iceberg = 1 {select}");
        return server.KeysOf(bucket).ToDictionary(key => key["old/place/".Length..], key => server.Get(bucket, key));
    }
}
