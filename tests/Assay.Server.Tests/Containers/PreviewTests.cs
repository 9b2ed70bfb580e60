using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Containers;

public sealed class PreviewTests(AssayServer assay)
{
    private const string Awkward = """
        CREATE TYPE mood AS ENUM ('sad', 'ok');
        CREATE DOMAIN positive AS int CHECK (VALUE > 0);
        CREATE TABLE "Od""d {{t}} %s 😀" (
            id bigint PRIMARY KEY, exact numeric(38,10), anynum numeric, mixed numeric(10,2), f double precision, r real, b boolean,
            d date, far date, ts timestamp, tz timestamptz, t text, "select" varchar(10), arr int[], texts text[], j jsonb, u uuid, by bytea, m mood, p positive,
            i interval, n inet, mo money, tm time);
        INSERT INTO "Od""d {{t}} %s 😀" VALUES
        (9007199254740993, 1234567890123456789012345678.0123456789, 12345678901234567890.5, 'NaN', 'NaN', 1.5, true,
         '1950-02-03', 'infinity', '2024-02-29 12:34:56.789012', '2024-02-29 12:34:56+02', E'tab\tline\nback\\slash', 'x', '{1,NULL,3}', '{"a,b","c\"d"}',
         '{"k": [1, 2]}', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '\xdeadbeef', 'ok', 7, '1 day 02:00', '10.0.0.1/8', 12.34, '04:05:06'),
        (2, NULL, -0.25, 1.50, 'Infinity', NULL, false, NULL, '2024-01-01', NULL, NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
        """;

    [Fact]
    public async Task Preview_OfEveryPostgresType_ChangesNoValue()
    {
        var id = await OnlyContainer(await Syncing.CreateDatabase(Awkward));

        var shown = (await assay.Admin.Get($"/api/containers/{id}/preview?limit=100")).Expect(200).Json;

        var rows = shown["rows"]!.AsArray();
        rows.Count.ShouldBe(2);
        rows[0]!.ToJsonString().ShouldSatisfyAllConditions(
            text => text.ShouldContain("\"id\":9007199254740993"),
            text => text.ShouldContain("\"exact\":1234567890123456789012345678.0123456789"),
            text => text.ShouldContain("\"anynum\":12345678901234567890.5"));
        var row = rows[0]!;
        ((string?)row["mixed"]).ShouldBe("NaN");
        ((string?)row["f"]).ShouldBe("NaN");
        ((bool?)row["b"]).ShouldBe(true);
        ((string?)row["d"]).ShouldBe("1950-02-03");
        ((string?)row["far"]).ShouldBe("infinity");
        ((string?)row["ts"]).ShouldBe("2024-02-29T12:34:56.789012Z");
        ((string?)row["tz"]).ShouldBe("2024-02-29T10:34:56.000000Z");
        ((string?)row["t"]).ShouldBe("tab\tline\nback\\slash");
        ((string?)row["arr"]).ShouldBe("[1,null,3]");
        ((string?)row["texts"]).ShouldBe("""["a,b","c\"d"]""");
        JsonNode.Parse((string)row["j"]!)!["k"]!.AsArray().Count.ShouldBe(2);
        ((string?)row["u"]).ShouldBe("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
        ((string?)row["by"]).ShouldBe("\\xdeadbeef");
        ((string?)row["m"]).ShouldBe("ok");
        ((string?)row["n"]).ShouldBe("10.0.0.1/8");
        ((decimal?)row["mo"]).ShouldBe(12.34m);
        ((string?)rows[1]!["t"]).ShouldBe("");
        ((string?)rows[1]!["f"]).ShouldBe("Infinity");
        rows[1]!["exact"].ShouldBeNull();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("101")]
    [InlineData("many")]
    public async Task Preview_WithALimitOutOfRange_NamesIt(string limit)
    {
        var id = await OnlyContainer(await Syncing.CreateDatabase("CREATE TABLE few (n int)"));

        var answer = await assay.Admin.Get($"/api/containers/{id}/preview?limit={limit}");

        answer.Expect(422).Text.ShouldContain("\"limit\"");
    }

    [Fact]
    public async Task Preview_PushesTheLimitIntoTheSource()
    {
        var database = await Syncing.CreateDatabase("CREATE TABLE many AS SELECT g AS n FROM generate_series(1, 1000) g");

        var shown = (await assay.Admin.Get($"/api/containers/{await OnlyContainer(database)}/preview")).Expect(200).Json;

        shown["rows"]!.AsArray().Count.ShouldBe(10);
    }

    [Fact]
    public async Task Preview_OfATableThatIsGone_SaysSo()
    {
        var database = await Syncing.CreateDatabase("CREATE TABLE gone (n int)");
        var id = await OnlyContainer(database);
        await Syncing.RunSql(database, "DROP TABLE gone");

        var answer = await assay.Admin.Get($"/api/containers/{id}/preview");

        ((string?)answer.Expect(400).Json["message"]).ShouldNotBeNullOrEmpty();
    }

    private async Task<long> OnlyContainer(string database)
    {
        var datastore = await assay.RegisterPostgres(database);
        await assay.SyncWell(datastore);
        return (long)(await assay.Admin.Get($"/api/containers/listing?datastore={datastore}")).Expect(200).Json.AsArray().Single()!["id"]!;
    }
}
