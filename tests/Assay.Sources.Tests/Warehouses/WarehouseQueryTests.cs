using Assay.Sources.Reading;
using Assay.Sources.Tests.Reading;
using Assay.Testing.Warehouses;

namespace Assay.Sources.Tests.Warehouses;

/// <summary>Users' own queries in the vendors' SQL: their columns, their rows, what is refused.</summary>
public sealed class WarehouseQueryTests(EngineFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("snowflake", "NUMBER(12,2)")]
    [InlineData("trino", "decimal(12,2)")]
    [InlineData("athena", "decimal(12,2)")]
    [InlineData("bigquery", "NUMERIC")]
    [InlineData("databricks", "DECIMAL(12,2)")]
    [InlineData("databricks_native", "DECIMAL(12,2)")]
    [InlineData("dremio", "DECIMAL(12,2)")]
    public async Task Query_OfTheDatastoresOwnTables_TellsColumnsAndGivesExactRows(string type, string amount)
    {
        await using var vendor = await Vendor.StartAsync(type);
        await Shop.FillAsync(vendor.Database);
        await vendor.Database.RunSqlAsync("CREATE SCHEMA other; CREATE TABLE other.orders (id int)");
        var source = WarehouseSource.Of(vendor, "shop");
        var readable = (IReadable)source.Connector;
        var columns = string.Join(", ", new[] { "o.id AS ID", "o.amount AS AMOUNT", "o.ratio AS RATIO", "o.paid AS PAID", "o.day AS DAY", "o.at AS AT", "c.name AS NA ME" }
            .Select(column => column.Split(" AS ")).Select(column => $"{column[0]} AS {vendor.Quote(column[1])}"));
        var query = $"SELECT {columns} FROM orders o LEFT JOIN customers c ON c.id = o.customer{(type is "bigquery" ? " # it's the shop's" : " -- it's the shop's\n;")}";

        readable.CanQuery.ShouldBeTrue();
        vendor.StandIn.Statements.Clear();
        var fields = await readable.DescribeQueryAsync(source.Target, query, Cancel);

        fields.Select(f => $"{f.Name} {f.Type}").ShouldBe(["ID Integral", "AMOUNT Fractional", "RATIO Fractional", "PAID Boolean", "DAY Date", "AT Timestamp", "NA ME String"]);
        fields[1].NativeType.ShouldBe(amount);
        // Nothing that reads whole tables, which some vendors charge for.
        vendor.StandIn.Statements.ShouldAllBe(sql => !sql.Contains("orders") || sql.EndsWith("LIMIT 0"));
        if (vendor.StandIn is BigQueryStandIn bigQuery) bigQuery.Tried.ShouldHaveSingleItem();
        var (types, rows) = await source.RowsAsync(fixture.Engine, new ContainerStructure { Name = "computed", Kind = ContainerKind.View, Fields = fields }, read => read with { Query = query });
        types.ShouldStartWith("Nullable(Int64), Nullable(Decimal");
        rows.ShouldBe(
        [
            "1|1234567890.12|1.5|True|2026-01-31|2026-01-31 10:00:00.123456|x",
            "2|NULL|NaN|False|1900-01-01|1969-12-31 23:59:59.500000|NULL",
            "9007199254740993|-0.01|-Infinity|NULL|NULL|NULL|NULL",
        ]);
        (await readable.DescribeQueryAsync(WarehouseSource.Of(vendor, "other").Target, "SELECT * FROM orders", Cancel)).ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(Vendors.All), MemberType = typeof(Vendors))]
    public async Task Query_ThatIsNotOneSelectOrNamesWhatIsNotThere_IsRefused(string type)
    {
        await using var vendor = await Vendor.StartAsync(type);
        await Shop.FillAsync(vendor.Database);
        var source = WarehouseSource.Of(vendor, "shop");

        foreach (var query in new[] { "SELECT 1 AS a; DROP TABLE orders", "SELECT 1 AS a) q; DROP TABLE orders; SELECT * FROM (SELECT 1", "DELETE FROM orders", @"SELECT '\'; DROP TABLE orders; -- ' AS a", "" })
            (await Refusal(query)).ShouldBe(SourceFaultCode.InvalidSettings, query);
        vendor.StandIn.Statements.ShouldAllBe(sql => !sql.Contains("orders"));
        (await Refusal("SELECT * FROM nowhere")).ShouldBe(SourceFaultCode.NotFound);
        (await Refusal("SELECT nonsense FROM orders")).ShouldBeOneOf(SourceFaultCode.SourceError, SourceFaultCode.NotFound);
        (await Refusal("SELECT FROM WHERE")).ShouldBe(SourceFaultCode.SourceError);
        (await Refusal("SELECT 1 AS a, 2 AS a")).ShouldBe(SourceFaultCode.InvalidSettings);
        (await Refusal("SELECT * FROM other.orders")).ShouldBe(SourceFaultCode.NotFound);

        async Task<SourceFaultCode> Refusal(string query) =>
            (await Should.ThrowAsync<SourceException>(() => ((IReadable)source.Connector).DescribeQueryAsync(source.Target, query, Cancel))).Fault.Code;
    }

    [Fact]
    public async Task Query_WithACommentAsBigQueryHasThem_EndsWhereBigQuerySeesItsEnd()
    {
        await using var vendor = await Vendor.StartAsync("bigquery");
        var source = WarehouseSource.Of(vendor, "shop");
        // Who took the rest of the first line for a text would see the parenthesis in it.
        var refused = await Should.ThrowAsync<SourceException>(() => ((IReadable)source.Connector).DescribeQueryAsync(source.Target, "SELECT 1 AS a # '\n) q; DROP TABLE orders; # '", Cancel));
        refused.Fault.Message.ShouldContain("parenthesis");
    }

    [Theory]
    [MemberData(nameof(Vendors.All), MemberType = typeof(Vendors))]
    public async Task Read_OfAShare_IsChosenByTheVendor(string type)
    {
        await using var vendor = await Vendor.StartAsync(type);
        await Shop.FillAsync(vendor.Database);
        var source = WarehouseSource.Of(vendor, "shop");
        var many = await source.ContainerAsync("many");
        await source.Connector.ShouldSampleAsync(source.Target, fixture.Engine, many);
        await source.Connector.ShouldSampleAsync(source.Target, fixture.Engine, many, "SELECT n FROM many");
    }

    [Theory]
    [InlineData("bigquery", "Array ARRAY<INT64> Integral")]
    [InlineData("databricks", "Array ARRAY<INT> Integral")]
    [InlineData("dremio", "Array LIST<INTEGER> Integral")]
    public async Task Query_WithAnArray_TellsWhatItHolds(string type, string expected)
    {
        await using var vendor = await Vendor.StartAsync(type);
        await vendor.Database.RunSqlAsync("CREATE SCHEMA shop; CREATE TABLE shop.baskets (items int[])");
        var source = WarehouseSource.Of(vendor, "shop");
        var field = (await ((IReadable)source.Connector).DescribeQueryAsync(source.Target, "SELECT items FROM baskets", Cancel)).ShouldHaveSingleItem();
        $"{field.Type} {field.NativeType} {field.ElementType}".ShouldBe(expected);
    }
}
