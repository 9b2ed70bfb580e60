using Assay.Testing.Postgres;

namespace Assay.Sources.Tests.Postgres;

/// <summary>Real data, listed as a sync does.</summary>
public sealed class PostgresSamplesTests
{
    [Fact]
    public async Task ListContainersAsync_RealData_ShowsEveryTableAndViewWithItsRows()
    {
        (await ContainersAsync("travel", "flights")).ShouldBe(["airports 3376", "busiest_routes 248", "cancellations 0", "delays_by_airport ?", "flights 20000", "routes 5366"]);
        (await ContainersAsync("travel", "wildlife")).ShouldBe(["birdstrikes 10000", "species 12360"]);
        (await ContainersAsync("culture", "movies")).ShouldBe(["Movies 3201", "Top 250 ?", "awards 0"]);
        (await ContainersAsync("culture", "people")).ShouldBe(["PEOPLE 12", "group 9", "people 9"]);
        (await ContainersAsync("culture", "Fußball ⚽")).ShouldBe(["Spiele 6508", "Tabelle, 100% {{echt}} ?"]);
        (await ContainersAsync("places", "geo")).ShouldBe(["countries 682", "earthquakes 1707", "states ?", "zipcodes 42049"]);
        (await ContainersAsync("places", "weather")).ShouldBe(["co2 741", "months 96", "normals 8759", "weather 2922"]);
        (await ContainersAsync("places", "economy")).ShouldBe(["jobs 7650", "stocks 560", "unemployment 3218"]);
        (await ContainersAsync("places", "nothing")).ShouldBeEmpty();
    }

    [Fact]
    public async Task ListContainersAsync_RealTables_HaveFieldsKeysAndComments()
    {
        var containers = (await ListAsync("travel", "flights")).ToDictionary(c => c.Name);

        containers["flights"].ShouldSatisfyAllConditions(
            c => c.Remarks.ShouldBe("One row for each flight, in partitions by month"),
            c => c.Fields.Select(f => $"{f.Name}: {f.Type}").ShouldBe(["id: Integral", "date: Timestamp", "delay: Integral", "distance: Integral", "origin: String", "destination: String"]),
            c => c.Keys.Select(k => $"{k.Kind} {string.Join(',', k.Fields)} {k.ReferencedContainer}".TrimEnd()).ShouldBe(["Primary id,date", "Foreign destination airports", "Foreign origin airports"]),
            c => c.Partitions.Select(p => p.Name).ShouldBe(["flights_2001_01", "flights_2001_02", "flights_2001_03", "flights_later"]));
        containers["cancellations"].Fields.Select(f => f.Type).ShouldBe(
            [FieldType.String, FieldType.Integral, FieldType.Timestamp, FieldType.String, FieldType.Timestamp, FieldType.Array]);
    }

    private static async Task<IEnumerable<string>> ContainersAsync(string database, string schema) =>
        (await ListAsync(database, schema)).Select(c => $"{c.Name} {c.Rows?.ToString() ?? "?"}");

    private static async Task<List<ContainerStructure>> ListAsync(string database, string schema)
    {
        var server = await PostgresServer.SharedAsync();
        await server.LoadSamplesAsync();
        return await server.Connection(await server.CreateReaderAsync()).Target(database, schema).ListAsync();
    }
}
