using System.Globalization;
using System.Runtime.CompilerServices;
using Assay.Engine;
using Assay.Sources.Contract;
using Assay.Sources.Network;
using Assay.Sources.Probing;
using Assay.Sources.Reading;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Queries;
using Microsoft.Extensions.Options;

namespace Assay.Sources.ClickHouse;

/// <summary>A ClickHouse server as a source, over its HTTP interface with the engine's own client.</summary>
internal sealed class ClickHouseConnector(HostPolicy policy, GuardedHttp http, IOptions<SourcesOptions> options, TimeProvider time) : ICatalogConnector, IReadable
{
    private static readonly TimeSpan TestLimit = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(3);
    private static readonly string[] views = ["View", "MaterializedView", "LiveView", "WindowView"];

    public ConnectorSpec Spec => ClickHouseSettings.Spec;

    public IReadOnlyList<SettingProblem> Validate(ConnectionSettings settings)
    {
        ClickHouseSettings.Read(settings, out var problems);
        return problems;
    }

    public ScopeCheck CheckScope(SourceScope scope) => new(scope with { Database = scope.Database ?? scope.Schema, Schema = null }, []);

    public async Task<TestReport> TestAsync(SourceTarget target, TestIntent intent, CancellationToken cancel)
    {
        var run = new TestRun(time, [SqlSteps.Settings, SqlSteps.Resolve, SqlSteps.Connect, SqlSteps.SignIn, SqlSteps.Schema, SqlSteps.List, SqlSteps.Read]);
        run.Begin(SqlSteps.Settings);
        if (ClickHouseSettings.Read(target.Connection, out var problems) is not { } settings)
            return run.Fail(new SourceFault(SourceFaultCode.InvalidSettings, run.Current, $"{string.Join('.', problems[0].Field)}: {problems[0].Message}"));
        run.Pass("All fields are as they should be");
        var place = PlaceOf(target);
        try
        {
            return await TestAsync(run, settings, place, cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            return run.Fail(ClickHouseFaults.Of(e, run.Current, place));
        }
    }

    public async IAsyncEnumerable<ContainerStructure> ListContainersAsync(SourceTarget target, ListOptions list, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (server, place) = Open(target);
        using (server)
        {
            await FindAsync(server, place, cancel);
            var fields = (await server.RowsAsync($"SELECT table, name, type, {(await HasAsync(server, "columns", "comment", cancel) ? "comment" : "''")} FROM system.columns WHERE database = {Database(place)}", SqlSteps.List, cancel))
                .ToLookup(row => row[0], StringComparer.Ordinal);
            var rows = await HasAsync(server, "tables", "total_rows", cancel) ? "ifNull(toString(total_rows), '')" : "''";
            foreach (var table in await server.RowsAsync($"SELECT name, engine, {rows} FROM system.tables WHERE database = {Database(place)} AND NOT is_temporary ORDER BY name", SqlSteps.List, cancel))
            {
                var kind = table[1] is "MaterializedView" ? ContainerKind.MaterializedView : views.Contains(table[1]) ? ContainerKind.View : ContainerKind.Table;
                if (table[0].StartsWith(".inner", StringComparison.Ordinal) || !list.Wants(kind, table[0])) continue;
                long? count = long.TryParse(table[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
                yield return new ContainerStructure
                {
                    Name = table[0],
                    Kind = kind,
                    Rows = count,
                    RowsQuality = count is null ? CountQuality.Unknown : CountQuality.Exact,
                    Fields = [.. fields[table[0]].Select((row, i) => ClickHouseTypes.FieldOf(row[1], i + 1, row[2], row[3].Length > 0 ? row[3] : null))],
                };
            }
        }
    }

    public Task<IReadOnlyList<CatalogEntry>> ListCatalogsAsync(ConnectionSettings settings, CancellationToken cancel) => Task.FromResult<IReadOnlyList<CatalogEntry>>([]);

    public async Task<IReadOnlyList<CatalogEntry>> ListSchemasAsync(ConnectionSettings settings, string? catalog, CancellationToken cancel)
    {
        var (server, _) = Open(new SourceTarget(settings, new SourceScope()));
        using (server)
            return [.. (await server.RowsAsync("SELECT name FROM system.databases ORDER BY name", SqlSteps.Catalog, cancel))
                .Select(row => new CatalogEntry(row[0], row[0] is "system" or "INFORMATION_SCHEMA" or "information_schema"))];
    }

    public bool CanQuery => true;

    public bool CanSample => true;

    public async Task<IReadOnlyList<FieldStructure>> DescribeQueryAsync(SourceTarget target, string query, CancellationToken cancel)
    {
        var relation = QueryText.Relation(query, ClickHouseReads.Lexis);
        var (server, place) = Open(target);
        using (server)
            return QueryColumns.Checked([.. (await server.RowsAsync($"DESCRIBE TABLE (SELECT * FROM {relation})", SqlSteps.Rows, cancel, place.Database))
                .Select((row, i) => ClickHouseTypes.FieldOf(row[0], i + 1, row[1], null))]);
    }

    public Task<EngineSource> DescribeReadAsync(SourceTarget target, ContainerRead read, CancellationToken cancel) => Task.FromResult(Reads(target).Describe(read));

    public async Task<long?> CountAsync(SourceTarget target, ContainerRead read, CancellationToken cancel)
    {
        var (server, place) = Open(target);
        using (server)
            return long.Parse((await server.RowsAsync(Reads(target).Count(read), SqlSteps.Rows, cancel, place.Database))[0][0], CultureInfo.InvariantCulture);
    }

    private ClickHouseReads Reads(SourceTarget target)
    {
        var (settings, place) = (SettingsOf(target), PlaceOf(target));
        return new ClickHouseReads(() => new ClickHouseServer(settings, place, TimeoutOf(settings), http, time), place);
    }

    private async Task<TestReport> TestAsync(TestRun run, ClickHouseSettings settings, SqlPlace place, CancellationToken cancel)
    {
        run.Begin(SqlSteps.Resolve);
        var verdict = await policy.ResolveAsync(settings.Url.IdnHost, settings.Url.Port, cancel);
        if (!verdict.Allowed) return run.Fail(verdict.Fault);
        run.Pass(string.Join(", ", verdict.Addresses));
        run.Begin(SqlSteps.Connect);
        (await GuardedTcp.ConnectAsync(verdict.Addresses, settings.Url.Port, ConnectLimit, cancel)).Dispose();
        run.Pass($"port {settings.Url.Port}");
        run.Begin(SqlSteps.SignIn);
        using var server = new ClickHouseServer(settings, place, TestLimit, http, time);
        var version = (await server.RowsAsync("SELECT version()", SqlSteps.SignIn, cancel))[0][0];
        run.Product = new SourceProduct("ClickHouse", version, "Assay", "HTTP");
        run.Pass($"As {place.User}, ClickHouse {version}");
        if (place.Database is null)
        {
            run.Skip(SqlSteps.Schema, "No database was named");
            return run.Succeed();
        }
        run.Begin(SqlSteps.Schema);
        await FindAsync(server, place, cancel);
        run.Pass(place.Database);
        run.Begin(SqlSteps.List);
        var tables = await server.RowsAsync($"SELECT name FROM system.tables WHERE database = {Database(place)} ORDER BY engine LIKE '%View', name", SqlSteps.List, cancel);
        run.Pass(tables.Count == 1 ? "1 table or view" : $"{tables.Count} tables and views");
        if (tables.Count == 0)
        {
            run.Skip(SqlSteps.Read, "The database is empty");
            return run.Succeed();
        }
        run.Begin(SqlSteps.Read);
        await server.RowsAsync($"SELECT 1 FROM {EngineName.Quote(place.Database, tables[0][0])} LIMIT 1", SqlSteps.Read, cancel);
        run.Pass(tables[0][0]);
        return run.Succeed();
    }

    private (ClickHouseServer Server, SqlPlace Place) Open(SourceTarget target)
    {
        var (settings, place) = (SettingsOf(target), PlaceOf(target));
        return (new ClickHouseServer(settings, place, TimeoutOf(settings), http, time), place);
    }

    private static async Task FindAsync(ClickHouseServer server, SqlPlace place, CancellationToken cancel)
    {
        if ((await server.RowsAsync($"SELECT name FROM system.databases WHERE name = {Database(place)}", SqlSteps.Schema, cancel)).Count == 0)
            throw new SourceException(SqlFaults.NoCatalog(SqlSteps.Schema, place));
    }

    /// <summary>Whether the server's version has a column in one of its system tables.</summary>
    private static async Task<bool> HasAsync(ClickHouseServer server, string table, string column, CancellationToken cancel) =>
        (await server.RowsAsync($"SELECT 1 FROM system.columns WHERE database = 'system' AND table = '{table}' AND name = '{column}'", SqlSteps.List, cancel)).Count > 0;

    private static string Database(SqlPlace place) => EngineLiteral.Quote(place.Database ?? "");

    private SqlPlace PlaceOf(SourceTarget target) => new(target.Connection, CheckScope(target.Scope).Scope, $"{target.Connection.Host?.Trim()}:{target.Connection.Port ?? ClickHouseSettings.DefaultPort}");

    private TimeSpan TimeoutOf(ClickHouseSettings settings) => settings.StatementTimeout ?? options.Value.StatementTimeout;

    private static ClickHouseSettings SettingsOf(SourceTarget target) => ClickHouseSettings.Read(target.Connection, out var problems)
        ?? throw new SourceException(new SourceFault(SourceFaultCode.InvalidSettings, SqlSteps.Settings, $"{string.Join('.', problems[0].Field)}: {problems[0].Message}"));
}
