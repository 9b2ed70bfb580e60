using Assay.Testing.Postgres;
using Npgsql;

namespace Assay.Sources.Tests.Writing;

/// <summary>A schema of PostgreSQL, or of what runs on it.</summary>
internal class PostgresStore(IConnector connector, SourceTarget target, PostgresServer server, string database, string schema) : WrittenStore
{
    public override IConnector Connector => connector;

    public override SourceTarget Target => target;

    public PostgresServer Server => server;

    public string Database => database;

    public override string Table(string name) => $"{PostgresServer.Quote(schema)}.{PostgresServer.Quote(name)}";

    public override Task RunSqlAsync(string sql) => server.RunSqlAsync(database, sql, Cancel);

    public override async Task<string[]> QueryAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionStringFor(database) + ";Timezone=UTC");
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        await using var rows = await command.ExecuteReaderAsync(Cancel);
        var found = new List<string>();
        while (await rows.ReadAsync(Cancel))
            found.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(i => rows.IsDBNull(i) ? "NULL" : rows.GetString(i))));
        return [.. found];
    }

    public override Task<string[]> TablesAsync() => QueryAsync($"SELECT tablename FROM pg_tables WHERE schemaname = '{schema}' ORDER BY 1");

    public override string Shown(string table) => $"""
        SELECT {PostgresServer.Quote(HostileColumn)}, whole, part, exact, CASE WHEN flag THEN 'true' WHEN NOT flag THEN 'false' END, day, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')
        FROM {Table(table)} ORDER BY whole
        """;
}
