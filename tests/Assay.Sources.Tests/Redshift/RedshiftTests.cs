using Assay.Sources.Reading;
using Assay.Sources.Tests.Postgres;
using Assay.Sources.Tests.Reading;
using Assay.Sources.Tests.Sql;
using Assay.Testing.Postgres;

namespace Assay.Sources.Tests.Redshift;

/// <summary>Redshift's wire and sign-in are PostgreSQL's; its own views are made up on one, with the columns that its manual gives them.</summary>
public sealed class RedshiftTests(EngineFixture fixture)
{
    private const string Views = """
        CREATE VIEW svv_tables AS SELECT table_catalog, table_schema, table_name, table_type, CASE table_name WHEN 'orders' THEN 'All orders' END::varchar AS remarks FROM information_schema.tables;
        CREATE VIEW svv_columns AS SELECT table_catalog, table_schema, table_name, column_name, ordinal_position, is_nullable, data_type, character_maximum_length, numeric_precision, numeric_scale,
            NULL::varchar AS remarks FROM information_schema.columns;
        CREATE SCHEMA sales;
        CREATE TABLE sales.customers (id int PRIMARY KEY, name varchar(20) UNIQUE);
        CREATE TABLE sales.orders (id bigint PRIMARY KEY, customer int REFERENCES sales.customers, amount numeric(38, 10), rate real, ratio double precision, paid boolean,
            day date, at timestamp, seen timestamptz, note text, "odd ""n"" x" char(3));
        INSERT INTO sales.customers VALUES (1, 'ü');
        INSERT INTO sales.orders VALUES (1, 1, 1234567890123456789012345678.0123456789, 0.1, 0.1, true, '2024-02-29', '2024-02-29 10:00:00.123456', '2024-02-29 10:00:00+05', E'a\tb', 'x'),
            (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
        CREATE VIEW sales.v AS SELECT id FROM sales.orders;
        """;

    [Fact]
    public async Task Source_IsTestedDiscoveredListedAndRead()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, Views);
        var role = await server.CreateReaderAsync();
        // The standard's key views show a table's keys only to those who may change it.
        await server.RunSqlAsync(database, $"GRANT REFERENCES, INSERT ON ALL TABLES IN SCHEMA sales TO {PostgresServer.Quote(role.Name)}; GRANT SELECT ON svv_tables, svv_columns TO PUBLIC");
        var connection = server.Connection(role, ("authentication_type", "basic")) with { Type = "redshift" };
        var target = new SqlTarget(connection, new SourceScope(database, "sales"));

        var report = await target.TestAsync();
        report.Fault.ShouldBeNull();
        report.Steps.Select(s => s.Name).ShouldBe(["check settings", "resolve host", "connect", "TLS", "sign in", "see catalog", "see schema", "list tables", "read one"]);
        (await target.Connector.ListSchemasAsync(connection, database, default)).Where(s => !s.System).Select(s => s.Name).ShouldBe(["public", "sales"]);
        var containers = (await target.ListAsync()).ToDictionary(c => c.Name);
        containers.Values.Select(c => (c.Name, c.Kind, c.Remarks)).ShouldBe([("customers", ContainerKind.Table, null), ("orders", ContainerKind.Table, "All orders"), ("v", ContainerKind.View, null)]);
        string.Join(' ', containers["orders"].Fields.Select(f => f.Type)).ShouldBe("Integral Integral Fractional Fractional Fractional Boolean Date Timestamp Timestamp String String");
        containers["orders"].Keys.Select(k => (k.Kind, k.Fields.Single(), k.ReferencedContainer, k.ReferencedFields.FirstOrDefault())).ShouldBe([
            (KeyKind.Primary, "id", null, null), (KeyKind.Foreign, "customer", "customers", "id"),
        ]);
        (await target.FirstRowAsync(fixture.Engine, "orders")).Select(c => $"{c.Key} {c.Value.Type} {c.Value.Value}").ShouldBe(
        [
            "id Int64 1", "customer Int32 1", "amount Decimal(38, 10) 1234567890123456789012345678.0123456789", "rate Float32 0.1", "ratio Float64 0.1", "paid Bool True",
            "day Date32 2024-02-29", "at DateTime64(6, 'UTC') 2024-02-29 10:00:00.123456", "seen DateTime64(6, 'UTC') 2024-02-29 05:00:00", "note String a\tb", "odd \"n\" x String x  ",
        ]);
        (await target.RowsAsync(fixture.Engine, "orders", r => r with { Columns = ["id"], After = new IncrementalBound("id", 1L), RowLimit = 5 })).ShouldBe(["2"]);
    }

    [Fact]
    public async Task OpenAsync_AShare_IsChosenByTheServer()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, "CREATE TABLE numbers AS SELECT generate_series(1, 5000) AS n; GRANT SELECT ON numbers TO PUBLIC");
        var target = new SqlTarget(server.Connection(await server.CreateReaderAsync(), ("authentication_type", "basic")) with { Type = "redshift" }, new SourceScope(database, "public"));
        var numbers = new ContainerStructure { Name = "numbers", Kind = ContainerKind.Table, Fields = [new FieldStructure("n", 1, FieldType.Integral, "integer", true)] };
        await target.Connector.ShouldSampleAsync(target.Target, fixture.Engine, numbers);
    }

    [Fact]
    public async Task TestAsync_Failures_NameTheStep()
    {
        var server = await PostgresServer.SharedAsync();
        var role = await server.CreateRoleAsync();
        ConnectionSettings With(string password) => server.Connection(role with { Password = password }) with { Type = "redshift" };

        (await new SqlTarget(With("wrong"), new SourceScope("postgres", "public")).TestAsync()).ShouldFailWith(SourceFaultCode.SignInFailed, "sign in");
        (await new SqlTarget(With(role.Password), new SourceScope("not_there", "public")).TestAsync()).ShouldFailWith(SourceFaultCode.CatalogNotFound, "see catalog");
        (await new SqlTarget(With(role.Password), new SourceScope("postgres", "not_there")).TestAsync()).ShouldFailWith(SourceFaultCode.SchemaNotFound, "see schema");
    }
}
