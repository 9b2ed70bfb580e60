using System.Data.Common;
using Assay.Sources.Contract;
using Assay.Sources.Local;
using Assay.Sources.Network;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Listing;
using Microsoft.Extensions.Options;

namespace Assay.Sources.Drivers.Products;

/// <summary>DuckDB files under the files root, read only. Driver: DuckDB.NET.Data.Full, which brings DuckDB itself.</summary>
internal sealed class DuckDbSource(DriverStore drivers, HostPolicy policy, IOptions<SourcesOptions> options) : DriverSource(drivers, policy)
{
    private FilesRoot Root => new(options.Value.FilesRoot);

    public override ConnectorSpec Spec { get; } = new()
    {
        Type = "duckdb",
        DisplayName = "DuckDB",
        StoreType = StoreType.Jdbc,
        SupportsEnrichment = false,
        CatalogLevels = ["database", "schema"],
        Properties =
        [
            new() { Field = "uri", Title = "Folder", Placeholder = "file:///sales", Info = "A folder under the files root (ASSAY_FILES_ROOT); file:/// is the root itself." },
            DriverProperties.StatementTimeout,
            DriverProperties.Database(title: "File") with { Placeholder = "2026/orders.duckdb" }, DriverProperties.Schema(standard: "main"),
        ],
    };

    public override SqlCatalogue Catalogue { get; } = new DuckDbCatalogue();
    public override SqlDialect Dialect { get; } = new DuckDbDialect();
    public override IReadOnlyList<string> OpeningSteps { get; } = [SqlSteps.Driver, SqlSteps.File, SqlSteps.SignIn];
    protected override string Driver => KnownDrivers.DuckDb;

    public override IReadOnlyList<SettingProblem> Validate(ConnectionSettings settings)
    {
        var parameters = new Parameters(settings.Parameters);
        parameters.Number("statement_timeout", 1, 86_400);
        return [.. Root.ProblemOf(settings.Uri) is { } problem ? [problem] : Array.Empty<SettingProblem>(), .. parameters.Problems("duckdb")];
    }

    public override ScopeCheck CheckScope(SourceScope scope) => new(scope with { Schema = scope.Schema ?? (scope.Database is null ? null : "main") }, []);

    public override SqlPlace PlaceOf(SourceTarget target) => new(target.Connection, target.Scope, $"{FilesRoot.Shown(target.Connection.Uri).TrimEnd('/')}/{target.Scope.Database}");

    public override Task<IReadOnlyList<CatalogEntry>>? ListCatalogs(SqlPlace place, CancellationToken cancel) => Task.Run<IReadOnlyList<CatalogEntry>>(
        () => [.. Root.List(place.Connection.Uri, IsDatabase, SqlSteps.File, cancel).Select(file => new CatalogEntry(file, false))], cancel);

    public override TimeSpan? StatementTimeoutOf(ConnectionSettings settings) =>
        new Parameters(settings.Parameters).Number("statement_timeout", 1, 86_400) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    protected override Task ReachAsync(SqlPlace place, SqlOpening opening, CancellationToken cancel)
    {
        opening.Begin(SqlSteps.File);
        if (place.Database is not null) Root.Find(place.Connection.Uri, place.Database, SqlSteps.File);
        opening.Pass(place.Database ?? "No file was named");
        return Task.CompletedTask;
    }

    protected override void Fill(DbConnectionStringBuilder builder, SqlPlace place, LoadedDriver driver)
    {
        builder["DataSource"] = place.Database is null ? ":memory:" : Root.Find(place.Connection.Uri, place.Database, SqlSteps.File);
        if (place.Database is not null) builder["ACCESS_MODE"] = "READ_ONLY";
        // The file is somebody else's: its views read nothing but itself.
        builder["enable_external_access"] = "false";
        builder["autoload_known_extensions"] = "false";
        builder["autoinstall_known_extensions"] = "false";
    }

    public override async Task BeginReadingAsync(SqlSession session, TimeSpan statementTimeout, CancellationToken cancel)
    {
        await session.ExecuteAsync(new SqlStatement("SET lock_configuration = true"), statementTimeout, cancel);
        await session.ExecuteAsync(new SqlStatement("BEGIN TRANSACTION READ ONLY"), statementTimeout, cancel);
    }

    protected override SourceFault? OfAnswer(DbException answer, string step, SqlPlace place) => answer.Message switch
    {
        var text when text.Contains("Could not set lock", StringComparison.Ordinal) || text.Contains("Conflicting lock", StringComparison.Ordinal) =>
            new(SourceFaultCode.TimedOut, step, $"'{place.Database}' is open for writing in another program."),
        var text when text.Contains("not a valid DuckDB database file", StringComparison.Ordinal) =>
            new(SourceFaultCode.Unsupported, step, $"'{place.Database}' is no DuckDB database, or one of another version."),
        var text when text.Contains("Interrupted", StringComparison.OrdinalIgnoreCase) || text.Contains("INTERRUPT", StringComparison.Ordinal) => SqlFaults.TimedOut(step, place),
        _ => null,
    };

    /// <summary>The magic word stands behind the file's checksum.</summary>
    private static bool IsDatabase(FileInfo file)
    {
        try
        {
            using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var head = new byte[12];
            return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.AsSpan(8).SequenceEqual("DUCK"u8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
