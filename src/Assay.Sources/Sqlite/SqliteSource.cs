using Assay.Sources.Contract;
using Assay.Sources.Local;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Listing;
using Assay.Sources.Sql.Writing;
using Assay.Sources.Writing;
using Assay.Sources.Writing.Tables;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using SQLitePCL;

namespace Assay.Sources.Sqlite;

/// <summary>SQLite files under the files root, opened for writing only as enrichment stores; docs/connectors/sqlite.md says what becomes of what.</summary>
internal sealed class SqliteSource(IOptions<SourcesOptions> options) : SqlSource
{
    private static readonly byte[] magic = "SQLite format 3\0"u8.ToArray();

    private readonly SqliteTables tables = new();

    private FilesRoot Root => new(options.Value.FilesRoot);

    public override ConnectorSpec Spec { get; } = new()
    {
        Type = "sqlite",
        DisplayName = "SQLite",
        StoreType = StoreType.Jdbc,
        SupportsEnrichment = true,
        CatalogLevels = ["database"],
        SchemaIsDatabase = true,
        Properties =
        [
            new() { Field = "uri", Title = "Folder", Placeholder = "file:///sales", Info = "A folder under the files root (ASSAY_FILES_ROOT); file:/// is the root itself." },
            new() { Field = "statement_timeout", MapTo = "parameters", Title = "Statement time-out (s)", Type = "number", Group = "Limits" },
            new() { Field = "database", Required = true, Title = "File", Placeholder = "2026/orders.db", ConnectionProperty = false, Info = "The database's file, as a path below the folder." },
        ],
    };

    public override SqlCatalogue Catalogue { get; } = new SqliteCatalogue();
    public override SqlDialect Dialect { get; } = new SqliteDialect();
    public override IReadOnlyList<string> OpeningSteps { get; } = [SqlSteps.File, SqlSteps.Catalog];

    public override IReadOnlyList<SettingProblem> Validate(ConnectionSettings settings)
    {
        var parameters = new Parameters(settings.Parameters);
        parameters.Number("statement_timeout", 1, 86_400);
        return
        [
            .. Root.ProblemOf(settings.Uri) is { } problem ? [problem] : Array.Empty<SettingProblem>(),
            .. settings.Host is null ? [] : new[] { new SettingProblem(["host"], "sqlite reads files: give uri and database", "extra_forbidden") },
            .. parameters.Problems("sqlite"),
        ];
    }

    public override ScopeCheck CheckScope(SourceScope scope)
    {
        var settled = scope with { Database = scope.Database ?? scope.Schema, Schema = null };
        return settled.Database is { } name && (name.Length == 0 || name.Contains('\0'))
            ? new(scope, [new SettingProblem(["database"], "The path of the file must not be empty or hold a zero byte")])
            : new(settled, []);
    }

    public override SqlPlace PlaceOf(SourceTarget target) =>
        new(target.Connection, target.Scope, $"{FilesRoot.Shown(target.Connection.Uri).TrimEnd('/')}/{target.Scope.Database}");

    public override Task<SqlSession> OpenAsync(SqlPlace place, SqlOpening opening, CancellationToken cancel) => OpenAsync(place, opening, writing: false, cancel);

    public override Task<SqlSession> OpenForWritingAsync(SqlPlace place, SqlOpening opening, CancellationToken cancel) => OpenAsync(place, opening, writing: true, cancel);

    public override TransactionalDialect? TablesOf(SqlPlace place) => tables;

    public override Func<TableShape, IAsyncEnumerable<string?[]>, CancellationToken, Task>? InserterOf(SqlLine line) => new SqliteInserter(line, tables).InsertAsync;

    private async Task<SqlSession> OpenAsync(SqlPlace place, SqlOpening opening, bool writing, CancellationToken cancel)
    {
        opening.Begin(SqlSteps.File);
        if (place.Database is null)
        {
            var count = Databases(place, cancel).Count;
            opening.Pass(count == 1 ? "1 database" : $"{count} databases");
            opening.Skip(SqlSteps.Catalog, "No file was named");
            return SqliteSession.WithoutFile();
        }
        var path = Root.Find(place.Connection.Uri, place.Database, SqlSteps.File);
        opening.Pass(place.Database);
        opening.Begin(SqlSteps.Catalog);
        var session = await SqliteSession.OpenAsync(path, writing, cancel);
        opening.Pass($"SQLite {raw.sqlite3_libversion().utf8_to_string()}");
        return session;
    }

    /// <summary>A read transaction sees one state; the file was opened read-only in the first place.</summary>
    public override Task BeginReadingAsync(SqlSession session, TimeSpan statementTimeout, CancellationToken cancel) =>
        session.ExecuteAsync(new SqlStatement("BEGIN DEFERRED"), statementTimeout, cancel);

    public override Task EndReadingAsync(SqlSession session, TimeSpan statementTimeout, CancellationToken cancel) =>
        session.ExecuteAsync(new SqlStatement("COMMIT"), statementTimeout, cancel);

    /// <summary>Schemas are the files of the folder.</summary>
    public override Task<IReadOnlyList<CatalogEntry>>? ListSchemas(SqlPlace place, CancellationToken cancel) =>
        Task.Run<IReadOnlyList<CatalogEntry>>(() => [.. Databases(place, cancel).Select(file => new CatalogEntry(file, false))], cancel);

    public override TimeSpan? StatementTimeoutOf(ConnectionSettings settings) =>
        new Parameters(settings.Parameters).Number("statement_timeout", 1, 86_400) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public override SourceFault FaultOf(Exception exception, string step, SqlPlace place) => exception switch
    {
        SqliteException { SqliteErrorCode: raw.SQLITE_NOTADB } => new(SourceFaultCode.Unsupported, step, $"'{place.Database}' is no SQLite database, or an encrypted one."),
        SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT } => new(SourceFaultCode.SourceError, step, $"'{place.Database}' is damaged. PRAGMA integrity_check tells more."),
        SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED } => new(SourceFaultCode.TimedOut, step, $"'{place.Database}' is locked by another program."),
        SqliteException { SqliteErrorCode: raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH } =>
            new(SourceFaultCode.PermissionDenied, step, $"'{place.Database}' may not be read by the user that Assay runs as, or its write-ahead log cannot be."),
        SqliteException { SqliteErrorCode: raw.SQLITE_READONLY } when step is SqlSteps.Write || WriteSteps.Have(step) => new(SourceFaultCode.PermissionDenied, step,
            $"'{place.Database}' may not be written by the user that Assay runs as, nor may its folder, where SQLite keeps its journal."),
        SqliteException { SqliteErrorCode: raw.SQLITE_FULL } => new(SourceFaultCode.NoRoom, step, $"There is no room left for '{place.Database}'. Make room there; what waits is written then."),
        SqliteException { SqliteErrorCode: raw.SQLITE_READONLY } => new(SourceFaultCode.SourceError, step,
            $"'{place.Database}' was left in the middle of a change, and Assay does not write to it. Open it once with a program that may."),
        _ when SqlFaults.Common(exception, step, place) is { } common => common,
        SqliteException answer => SqlFaults.Unknown(step, place, $"SQLite error {answer.SqliteErrorCode}"),
        _ => SqlFaults.Unknown(step, place, null),
    };

    private IReadOnlyList<string> Databases(SqlPlace place, CancellationToken cancel) => Root.List(place.Connection.Uri, IsDatabase, SqlSteps.File, cancel);

    private static bool IsDatabase(FileInfo file)
    {
        try
        {
            if (file.Length < magic.Length && file.LinkTarget is null) return false;
            using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var head = new byte[magic.Length];
            return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.AsSpan().SequenceEqual(magic);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
