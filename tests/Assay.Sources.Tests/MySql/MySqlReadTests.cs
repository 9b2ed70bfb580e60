using Assay.Sources.Reading;
using Assay.Sources.Tests.Reading;

namespace Assay.Sources.Tests.MySql;

public sealed class MySqlReadTests(EngineFixture fixture)
{
    [Fact]
    public async Task OpenAsync_EveryType_ArrivesExactly()
    {
        var (_, target, _) = await MySqlSources.SourceAsync("""
            SET sql_mode = '', time_zone = '+05:00';
            CREATE TABLE t (id int PRIMARY KEY, tiny tinyint(1), small smallint unsigned, medium mediumint unsigned, whole int unsigned, filled int(8) zerofill,
                big bigint, huge bigint unsigned, narrow decimal(5,2), wide decimal(65,30), single float, `double` double, one bit(1), bits bit(64), years year,
                days date, moments datetime(6), stamps timestamp(3) NULL, times time(6), short char(5), words varchar(200), novel longtext, choice enum('a','b ü'), choices set('x','y'),
                document json, raw binary(3), bytes longblob, place point, id2 uuid, address inet6);
            INSERT INTO t VALUES (1, 2, 65535, 16777215, 4294967295, 42, -9223372036854775808, 18446744073709551615, -123.45,
                12345678901234567890123456789012345.123456789012345678901234567890, 0.1, 0.1, b'1', 18446744073709551615, 1901,
                '2024-02-29', '2024-02-29 23:59:59.999999', '2024-01-01 05:00:00.123', '-838:59:58.999999', 'a  ', 'tab\tline\nquote''s \\ ☃ 😀', 'n', 'b ü', 'x,y',
                '{"a": [1, "ü"]}', x'00FF10', x'DEADBEEF00', ST_GeomFromText('POINT(1 2)'), '123e4567-e89b-12d3-a456-426655440000', '2001:db8::1'),
                (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
            """);

        var row = await target.FirstRowAsync(fixture.Engine, "t");

        string.Join('\n', row.Select(c => $"{c.Key} {c.Value.Type} {c.Value.Value}")).ShouldBe("""
            id Int32 1
            tiny Int32 2
            small Int32 65535
            medium Int32 16777215
            whole Int64 4294967295
            filled Int64 42
            big Int64 -9223372036854775808
            huge UInt64 18446744073709551615
            narrow Decimal(5, 2) -123.45
            wide Decimal(65, 30) 12345678901234567890123456789012345.123456789012345678901234567890
            single Float32 0.1
            double Float64 0.1
            one Bool True
            bits UInt64 18446744073709551615
            years Int32 1901
            days Date32 2024-02-29
            moments DateTime64(6, 'UTC') 2024-02-29 23:59:59.999999
            stamps DateTime64(6, 'UTC') 2024-01-01 00:00:00.123
            times String -838:59:58.999999
            short String a
            words String tab	line
            quote's \ ☃ 😀
            novel String n
            choice String b ü
            choices String x,y
            document String {"a": [1, "ü"]}
            raw String 0x00FF10
            bytes String 0xDEADBEEF00
            place String 0x000000000101000000000000000000F03F0000000000000040
            id2 String 123e4567-e89b-12d3-a456-426655440000
            address String 2001:db8::1
            """);
        (await target.RowsAsync(fixture.Engine, "t", r => r with { After = new IncrementalBound("id", 1) })).ShouldBe(["2" + string.Concat(Enumerable.Repeat("|NULL", 29))]);
    }

    [Fact]
    public async Task OpenAsync_DaysThatNoCalendarHas_StayText()
    {
        var (_, target, _) = await MySqlSources.SourceAsync("""
            SET sql_mode = 'ALLOW_INVALID_DATES';
            CREATE TABLE t (zero date, partial date, never date, moment datetime, late date);
            INSERT INTO t VALUES ('0000-00-00', '2024-00-10', '2023-02-31', '0000-00-00 00:00:00', '9999-12-31'), ('2024-01-01', '2024-01-01', '2024-01-01', '2024-01-01 10:00:00', '2024-01-01');
            """);

        (await target.RowsAsync(fixture.Engine, "t")).ShouldBe(
            ["0000-00-00|2024-00-10|2023-02-31|0000-00-00 00:00:00|9999-12-31", "2024-01-01|2024-01-01|2024-01-01|2024-01-01 10:00:00|2024-01-01"]);
    }

    [Fact]
    public async Task OpenAsync_AShare_IsChosenByTheServer()
    {
        var (_, target, _) = await MySqlSources.SourceAsync("CREATE TABLE numbers (n int PRIMARY KEY); INSERT INTO numbers SELECT seq FROM seq_1_to_5000");
        var numbers = await target.ContainerAsync("numbers");
        await target.Connector.ShouldSampleAsync(target.Target, fixture.Engine, numbers);
        await target.Connector.ShouldSampleAsync(target.Target, fixture.Engine, numbers, "SELECT n FROM numbers # all");
    }

    [Fact]
    public async Task OpenAsync_Restrictions_ArePushedDown()
    {
        var (_, target, _) = await MySqlSources.SourceAsync("""
            CREATE TABLE `odd ``name` (`select` int, `it's` varchar(20), at timestamp(6) NULL) PARTITION BY RANGE (`select`) (PARTITION low VALUES LESS THAN (3), PARTITION `high` VALUES LESS THAN MAXVALUE);
            SET time_zone = '+00:00';
            INSERT INTO `odd ``name` VALUES (1, 'a', '2024-01-01 00:00:00'), (2, 'b', '2024-01-02 00:00:00.5'), (3, 'c', '2024-01-03 00:00:00'), (4, 'd', NULL);
            """);
        const string name = "odd `name";

        (await target.RowsAsync(fixture.Engine, name, r => r with { Columns = ["it's", "select"] })).ShouldBe(["a|1", "b|2", "c|3", "d|4"]);
        (await target.RowsAsync(fixture.Engine, name, r => r with { Columns = ["select"], Partitions = ["high"], PartitionColumn = "from" })).ShouldBe(["3|high", "4|high"]);
        (await target.RowsAsync(fixture.Engine, name, r => r with { Columns = ["select"], PartitionColumn = "from" })).ShouldBe(["1|low", "2|low", "3|high", "4|high"]);
        (await target.RowsAsync(fixture.Engine, name, r => r with { Columns = ["select"], After = new IncrementalBound("at", new DateTimeOffset(2024, 1, 2, 0, 0, 0, TimeSpan.Zero)) })).ShouldBe(["2", "3"]);
        (await target.RowsAsync(fixture.Engine, name, r => r with { Columns = ["select"], After = new IncrementalBound("select", 2) })).ShouldBe(["3", "4"]);
        (await target.RowsAsync(fixture.Engine, name, r => r with { RowLimit = 2 })).Length.ShouldBe(2);
        (await target.RowsAsync(fixture.Engine, name, r => r with { RowLimit = 3, PartitionColumn = "from" })).Length.ShouldBe(3);
        (await target.RowsAsync(fixture.Engine, name, r => r with { Partitions = [] })).ShouldBeEmpty();
        (await Should.ThrowAsync<SourceException>(() => target.RowsAsync(fixture.Engine, name, r => r with { Columns = ["none"] }))).Fault.Code.ShouldBe(SourceFaultCode.InvalidSettings);
    }

    [Fact]
    public async Task OpenAsync_TableWithoutRows_HasItsColumns()
    {
        var (_, target, _) = await MySqlSources.SourceAsync("CREATE TABLE t (a int, b datetime, c decimal(10,2))");

        (await target.RowsAsync(fixture.Engine, "t")).ShouldBeEmpty();
    }
}
