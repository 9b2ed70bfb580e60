using Assay.Engine;
using Assay.Sources.Tests.Reading;
using Assay.Sources.Tests.Sql;
using Assay.Testing.MariaDb;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Sources.Tests.MySql;

public sealed class MySqlRangeTests(EngineFixture fixture)
{
    [Fact]
    public async Task OpenAsync_LargeTable_IsReadInRangesOfItsKey()
    {
        var (server, plain, user) = await MySqlSources.SourceAsync("""
            CREATE TABLE large (id bigint unsigned PRIMARY KEY, noise char(32)); INSERT INTO large SELECT seq * 3, md5(seq) FROM seq_1_to_60000; ANALYZE TABLE large;
            CREATE TABLE keyless (id bigint NOT NULL, noise char(32)); INSERT INTO keyless SELECT seq, md5(seq) FROM seq_1_to_60000; ANALYZE TABLE keyless;
            """);
        var services = new ServiceCollection().AddLogging().AddSources(options => (options.RangesAtOnce, options.RangeBytes) = (4, 64 << 10)).BuildServiceProvider();
        var target = new SqlTarget(plain.Connection, plain.Target.Scope, services);
        await server.RunSqlAsync("mysql", "SET GLOBAL log_output = 'TABLE'; SET GLOBAL general_log = ON");

        (await CountAsync(target, "large")).ShouldBe("60000|5400090000|60000");
        (await CountAsync(target, "keyless")).ShouldBe("60000|1800030000|60000");

        await server.RunSqlAsync("mysql", "SET GLOBAL general_log = OFF");
        (await ReadsAsync(server, user, "`large`")).ShouldBe(4);
        (await ReadsAsync(server, user, "`keyless`")).ShouldBe(1);
    }

    private static async Task<long> ReadsAsync(MariaDbServer server, MariaDbUser user, string table) => await server.ScalarAsync<long>(
        $"SELECT count(*) FROM mysql.general_log WHERE user_host LIKE '{user.Name}[%' AND command_type IN ('Query', 'Execute') AND argument LIKE 'SELECT%{table}%' AND argument NOT LIKE '%MIN(%' AND argument NOT LIKE '%information_schema%'");

    private async Task<string> CountAsync(SqlTarget target, string container)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var rows = await (await target.DescribeAsync(await target.ContainerAsync(container))).OpenAsync(fixture.Engine, cancel);
        return string.Join('|', (await fixture.Engine.ListAsync(rows.Query($"SELECT count(), sum(id), uniqExact(noise) FROM ({rows.Sql})"), cancel))[0].Values);
    }
}
