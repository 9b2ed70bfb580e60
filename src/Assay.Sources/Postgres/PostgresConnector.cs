using Assay.Sources.Contract;
using Assay.Sources.Postgres.Reading;
using Assay.Sources.Postgres.Writing;
using Assay.Sources.Reading;
using Assay.Sources.Writing;
using Microsoft.Extensions.Options;

namespace Assay.Sources.Postgres;

/// <summary>PostgreSQL, version 12 and later; docs/connectors/postgresql.md says what it needs and does.</summary>
internal sealed class PostgresConnector(
    ConnectorSpec spec, PostgresDoor door, PostgresFaultLog faults, IOptions<SourcesOptions> options, TimeProvider time) : ICatalogConnector, ISharedTest, ISharedListing, IReadable, IWritable
{
    public ConnectorSpec Spec => spec;

    public bool CanSample => true;

    public bool TellsPartitions => true;

    public bool CanQuery => true;

    public Task<IReadOnlyList<FieldStructure>> DescribeQueryAsync(SourceTarget target, string query, CancellationToken cancel)
    {
        var place = PlaceOf(target);
        return new PostgresReads(door, faults, options.Value).DescribeAsync(place, query, TimeoutOf(place.Settings), cancel);
    }

    public async Task<long?> CountAsync(SourceTarget target, ContainerRead read, CancellationToken cancel)
    {
        var place = PlaceOf(target);
        return await new PostgresReads(door, faults, options.Value).CountAsync(place, read, TimeoutOf(place.Settings), cancel);
    }

    public IReadOnlyList<SettingProblem> Validate(ConnectionSettings settings)
    {
        PostgresSettings.Read(settings, out var problems);
        return problems;
    }

    public Task<TestReport> TestAsync(SourceTarget target, TestIntent intent, CancellationToken cancel) =>
        new PostgresTest(door, faults, time).RunAsync(target, intent, cancel);

    public Task<IReadOnlyList<TestReport>> TestManyAsync(
        ConnectionSettings connection, string? catalog, IReadOnlyList<string> schemas, TestIntent intent, CancellationToken cancel) =>
        new PostgresTest(door, faults, time).RunManyAsync(connection, catalog, schemas, intent, cancel);

    public IAsyncEnumerable<ContainerStructure> ListContainersAsync(SourceTarget target, ListOptions list, CancellationToken cancel)
    {
        var place = PlaceOf(target);
        return new PostgresListing(door, faults).ReadAsync(place, list, TimeoutOf(place.Settings), cancel);
    }

    public IAsyncEnumerable<SharedListingItem> ListManyAsync(
        ConnectionSettings connection, string? catalog, IReadOnlyList<string> schemas, ListOptions list, CancellationToken cancel)
    {
        var place = PlaceOf(new SourceTarget(connection, new SourceScope(catalog)));
        return new PostgresListing(door, faults).ReadAllAsync(place, schemas, list, TimeoutOf(place.Settings), cancel);
    }

    public Task<EngineSource> DescribeReadAsync(SourceTarget target, ContainerRead read, CancellationToken cancel)
    {
        var place = PlaceOf(target);
        return Task.FromResult(new PostgresReads(door, faults, options.Value).Describe(place, read, TimeoutOf(place.Settings)));
    }

    public async Task<ITableWriter> OpenWriterAsync(SourceTarget target, CancellationToken cancel)
    {
        var place = PlaceOf(target);
        return new PostgresWriter(await door.OpenAsync(place.Settings, place.Database, cancel), place, faults, TimeoutOf(place.Settings));
    }

    private static PostgresPlace PlaceOf(SourceTarget target)
    {
        var settings = Checked(target.Connection, target.Scope.Database, target.Scope.Schema);
        return new PostgresPlace(settings, target.Scope.Database ?? settings.Database ?? throw Invalid("database: Field required"), target.Scope.Schema ?? PostgresTest.DefaultSchema);
    }

    public async Task<IReadOnlyList<CatalogEntry>> ListCatalogsAsync(ConnectionSettings connection, CancellationToken cancel) =>
        await DiscoverAsync(connection, null, PostgresCatalogs.DatabasesAsync, cancel);

    public async Task<IReadOnlyList<CatalogEntry>> ListSchemasAsync(ConnectionSettings connection, string? catalog, CancellationToken cancel) =>
        await DiscoverAsync(connection, catalog, PostgresCatalogs.SchemasAsync, cancel);

    private async Task<IReadOnlyList<CatalogEntry>> DiscoverAsync(
        ConnectionSettings connection, string? catalog,
        Func<PostgresSession, TimeSpan, CancellationToken, Task<IReadOnlyList<CatalogEntry>>> read, CancellationToken cancel)
    {
        var settings = Checked(connection, catalog);
        catalog ??= settings.Database;
        await using var session = await door.OpenAsync(settings, catalog, cancel);
        try
        {
            return await read(session, TimeoutOf(settings), cancel);
        }
        catch (Exception e) when (e is not SourceException && !cancel.IsCancellationRequested)
        {
            throw new SourceException(faults.Of(e, PostgresSteps.Catalog, new PostgresPlace(settings, catalog ?? "")), e);
        }
    }

    private TimeSpan TimeoutOf(PostgresSettings settings) => settings.StatementTimeout ?? options.Value.StatementTimeout;

    private static PostgresSettings Checked(ConnectionSettings connection, params IEnumerable<string?> names)
    {
        var settings = PostgresSettings.Read(connection, out var problems)
            ?? throw Invalid($"{string.Join('.', problems[0].Field)}: {problems[0].Message}");
        return names.All(name => name is null || PostgresSettings.CanBeName(name))
            ? settings
            : throw Invalid("The names of database and schema must not be empty or hold a zero byte.");
    }

    private static SourceException Invalid(string message) =>
        new(new SourceFault(SourceFaultCode.InvalidSettings, PostgresSteps.Settings, message));
}
