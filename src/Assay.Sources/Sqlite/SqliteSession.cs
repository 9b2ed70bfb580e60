using System.Data.Common;
using Assay.Sources.Contract;
using Assay.Sources.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Assay.Sources.Sqlite;

/// <summary>One open file. SQLite works on the thread that asks, so that stopping it takes its own call.</summary>
internal sealed class SqliteSession : SqlSession
{
    private readonly SqliteConnection connection;

    private SqliteSession(SqliteConnection connection)
        : base(connection, new SourceProduct("SQLite", raw.sqlite3_libversion().utf8_to_string(), "Microsoft.Data.Sqlite", typeof(SqliteConnection).Assembly.GetName().Version!.ToString(3))) =>
        this.connection = connection;

    protected override bool KeepsTime => false;

    /// <param name="path">The file's real path, already checked.</param>
    /// <param name="writing">The file is to be written, rather than only read.</param>
    public static async Task<SqliteSession> OpenAsync(string path, bool writing, CancellationToken cancel)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = writing ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadOnly,
            Pooling = false,
            DefaultTimeout = 5,
        }.ConnectionString);
        var session = new SqliteSession(connection);
        try
        {
            await connection.OpenAsync(cancel);
            // The file is somebody else's: what its views and triggers call is limited to what is harmless.
            await session.ExecuteAsync(new SqlStatement($"PRAGMA trusted_schema = OFF; PRAGMA query_only = {(writing ? "OFF" : "ON")}; PRAGMA cell_size_check = ON; SELECT count(*) FROM sqlite_schema"), TimeSpan.FromSeconds(5), cancel);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public static SqliteSession WithoutFile() => new(new SqliteConnection());

    protected override void Interrupt(DbCommand command)
    {
        if (connection is { State: System.Data.ConnectionState.Open, Handle: { } handle }) raw.sqlite3_interrupt(handle);
    }
}
