using Assay.Sources.Contract;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Listing;
using Assay.Sources.Writing.Tables;

namespace Assay.Sources.MySql;

/// <summary>MySQL 8 and later, MariaDB 10.5 and later; docs/connectors/mysql.md says what they need and do.</summary>
internal sealed class MySqlSource(string type, string displayName, MySqlDoor door) : SqlSource
{
    public override ConnectorSpec Spec { get; } = MySqlSpec.Of(type, displayName);
    public override SqlCatalogue Catalogue { get; } = new MySqlCatalogue();
    public override SqlDialect Dialect { get; } = new MySqlDialect();
    public override IReadOnlyList<string> OpeningSteps => MySqlDoor.Steps;

    public override IReadOnlyList<SettingProblem> Validate(ConnectionSettings settings)
    {
        MySqlSettings.Read(type, settings, out var problems);
        return problems;
    }

    /// <summary>There is one level above tables, which clients call database; some send it as schema.</summary>
    public override ScopeCheck CheckScope(SourceScope scope)
    {
        if (scope is { Database: not null, Schema: not null } && scope.Database != scope.Schema)
            return new(scope, [new SettingProblem(["schema"], $"{type} has databases without schemas: give the database alone")]);
        var settled = scope with { Database = scope.Database ?? scope.Schema, Schema = null };
        return settled.Database is { } name && (name.Length == 0 || name.Contains('\0'))
            ? new(scope, [new SettingProblem(["database"], "The name must not be empty or hold a zero byte")])
            : new(settled, []);
    }

    public override SqlPlace PlaceOf(SourceTarget target) =>
        new(target.Connection, target.Scope, $"{target.Connection.Host?.Trim()}:{target.Connection.Port ?? MySqlSpec.DefaultPort}");

    public override Task<SqlSession> OpenAsync(SqlPlace place, SqlOpening opening, CancellationToken cancel) =>
        door.OpenAsync(MySqlSettings.Read(type, place.Connection, out _)!, place.Database, opening, cancel);

    public override async Task BeginReadingAsync(SqlSession session, TimeSpan statementTimeout, CancellationToken cancel)
    {
        var limit = MySqlServer.IsMariaDb(session.Product)
            ? $"max_statement_time = {(int)Math.Ceiling(statementTimeout.TotalSeconds)}"
            : $"max_execution_time = {(int)statementTimeout.TotalMilliseconds}";
        // Times without a zone of their own come as UTC; nothing is padded, quoted or cut differently because of how the server is set up.
        await session.ExecuteAsync(new SqlStatement(
            $"SET SESSION {limit}, time_zone = '+00:00', sql_mode = 'NO_ENGINE_SUBSTITUTION', sql_select_limit = DEFAULT, net_write_timeout = 600"), statementTimeout, cancel);
        await session.ExecuteAsync(new SqlStatement("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ"), statementTimeout, cancel);
        await session.ExecuteAsync(new SqlStatement("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"), statementTimeout, cancel);
    }

    public override bool ReadsRanges => true;

    public override Task EndReadingAsync(SqlSession session, TimeSpan statementTimeout, CancellationToken cancel) =>
        session.ExecuteAsync(new SqlStatement("COMMIT"), statementTimeout, cancel);

    public override TransactionalDialect? TablesOf(SqlPlace place) => place.Database is { } database ? new MySqlTables(database) : throw NoDatabase();

    public override async Task BeginWritingAsync(SqlSession session, TimeSpan statementTimeout, CancellationToken cancel)
    {
        var limit = MySqlServer.IsMariaDb(session.Product) ? $"max_statement_time = {(int)Math.Ceiling(statementTimeout.TotalSeconds)}, " : "";
        await session.ExecuteAsync(new SqlStatement(
            $"SET SESSION {limit}time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', innodb_lock_wait_timeout = {Math.Max(1, (int)statementTimeout.TotalSeconds)}"), statementTimeout, cancel);
    }

    private static SourceException NoDatabase() => new(new SourceFault(SourceFaultCode.InvalidSettings, SqlSteps.Settings, "database: Field required"));

    public override SourceFault FaultOf(Exception exception, string step, SqlPlace place) => MySqlFaults.Of(exception, step, place);

    public override TimeSpan? StatementTimeoutOf(ConnectionSettings settings) => MySqlSettings.Read(type, settings, out _)?.StatementTimeout;
}
