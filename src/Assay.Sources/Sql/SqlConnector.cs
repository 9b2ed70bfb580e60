using System.Globalization;
using System.Runtime.CompilerServices;
using Assay.Sources.Contract;
using Assay.Sources.Reading;
using Assay.Sources.Sql.Listing;
using Assay.Sources.Sql.Queries;
using Assay.Sources.Sql.Reading;
using Microsoft.Extensions.Options;

namespace Assay.Sources.Sql;

/// <summary>A connector for a database that is reached through an ADO.NET driver; what is its own stands in a <see cref="SqlSource"/>.</summary>
internal class SqlConnector(SqlSource source, SqlFaultLog faults, IOptions<SourcesOptions> options, TimeProvider time) : ICatalogConnector, ISharedListing, IReadable
{
    public ConnectorSpec Spec => source.Spec;

    /// <summary>What the connector is made of.</summary>
    public SqlSource Source => source;

    public IReadOnlyList<SettingProblem> Validate(ConnectionSettings settings) => source.Validate(settings);

    public ScopeCheck CheckScope(SourceScope scope) => source.CheckScope(scope);

    public Task<TestReport> TestAsync(SourceTarget target, TestIntent intent, CancellationToken cancel) =>
        new SqlTest(source, faults, time).RunAsync(target, intent, cancel);

    public bool CanQuery => true;

    public bool CanSample => source.CanSample;

    public async Task<IReadOnlyList<FieldStructure>> DescribeQueryAsync(SourceTarget target, string query, CancellationToken cancel)
    {
        var place = PlaceOf(target);
        var (timeout, dialect) = (TimeoutOf(place), source.DialectOf(place));
        var statement = new SqlStatement(dialect.Describing(QueryText.Relation(query, dialect.Lexis)));
        await using var session = await OpenAsync(place, source.OpenAsync, cancel);
        return await GuardedAsync(SqlSteps.Rows, place, async () =>
        {
            await source.BeginReadingAsync(session, timeout, cancel);
            return await session.ReadAsync(statement, timeout, reader => QueryColumns.Of(reader, dialect), cancel);
        }, cancel);
    }

    public async Task<long?> CountAsync(SourceTarget target, ContainerRead read, CancellationToken cancel)
    {
        var place = PlaceOf(target);
        var (timeout, statement) = (TimeoutOf(place), SqlSelect.Count(source.DialectOf(place), place, read));
        await using var session = await OpenAsync(place, source.OpenAsync, cancel);
        return await GuardedAsync(SqlSteps.Rows, place, async () =>
        {
            await source.BeginReadingAsync(session, timeout, cancel);
            return await session.ReadAsync(statement, timeout, row => Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture), cancel);
        }, cancel);
    }

    public async IAsyncEnumerable<ContainerStructure> ListContainersAsync(SourceTarget target, ListOptions list, [EnumeratorCancellation] CancellationToken cancel)
    {
        var place = PlaceOf(target);
        var timeout = TimeoutOf(place);
        await using var session = await OpenAsync(place, source.OpenAsync, cancel);
        await using var containers = new SqlListing(source, session, place, timeout).ReadAsync(list, cancel).GetAsyncEnumerator(cancel);
        await GuardedAsync(SqlSteps.Schema, place, async () =>
        {
            await source.BeginReadingAsync(session, timeout, cancel);
            await SqlScope.CheckAsync(source, session, place, timeout, cancel);
            return true;
        }, cancel);
        while (await GuardedAsync(SqlSteps.List, place, async () => await containers.MoveNextAsync(), cancel))
            yield return containers.Current;
    }

    public bool SharesListings => source.Catalogue.Together([""]) is not null;

    public async IAsyncEnumerable<SharedListingItem> ListManyAsync(
        ConnectionSettings connection, string? catalog, IReadOnlyList<string> schemas, ListOptions list, [EnumeratorCancellation] CancellationToken cancel)
    {
        var place = PlaceOf(new SourceTarget(connection, new SourceScope(catalog)));
        await using var session = await OpenAsync(place, source.OpenAsync, cancel);
        await using var items = new SqlSharedListing(source, session, place, TimeoutOf(place)).ReadAsync(schemas, list, cancel).GetAsyncEnumerator(cancel);
        while (await GuardedAsync(SqlSteps.List, place, async () => await items.MoveNextAsync(), cancel))
            yield return items.Current;
    }

    public Task<EngineSource> DescribeReadAsync(SourceTarget target, ContainerRead read, CancellationToken cancel)
    {
        var place = PlaceOf(target);
        return Task.FromResult(new SqlReads(source, (at, stop) => OpenAsync(at, source.OpenAsync, stop), faults, options.Value).Describe(place, read, TimeoutOf(place)));
    }

    public Task<IReadOnlyList<CatalogEntry>> ListCatalogsAsync(ConnectionSettings settings, CancellationToken cancel) =>
        source.ListCatalogs(PlaceOf(new SourceTarget(settings, new SourceScope())), cancel)
        ?? DiscoverAsync(settings, null, place => source.CatalogueOf(place).Catalogs(place), cancel);

    public Task<IReadOnlyList<CatalogEntry>> ListSchemasAsync(ConnectionSettings settings, string? catalog, CancellationToken cancel) =>
        source.ListSchemas(PlaceOf(new SourceTarget(settings, new SourceScope(catalog))), cancel) ?? DiscoverAsync(settings, catalog, place => source.CatalogueOf(place).Schemas(place), cancel);

    private async Task<IReadOnlyList<CatalogEntry>> DiscoverAsync(
        ConnectionSettings settings, string? catalog, Func<SqlPlace, SqlStatement?> statement, CancellationToken cancel)
    {
        var place = PlaceOf(new SourceTarget(settings, new SourceScope(catalog)));
        if (statement(place) is not { } select) return [];
        await using var session = await OpenAsync(place, source.OpenAsync, cancel);
        return await GuardedAsync(SqlSteps.Catalog, place, async () =>
        {
            await source.BeginReadingAsync(session, TimeoutOf(place), cancel);
            var entries = new List<CatalogEntry>();
            await foreach (var row in session.RowsAsync(select, TimeoutOf(place), cancel))
                entries.Add(new CatalogEntry(row.Name(0), row.Flag(1) is true));
            return entries;
        }, cancel);
    }

    protected SqlPlace PlaceOf(SourceTarget target)
    {
        if (source.Validate(target.Connection) is [var problem, ..]) throw Invalid(problem);
        var scope = source.CheckScope(target.Scope);
        if (scope.Problems is [var wrong, ..]) throw Invalid(wrong);
        return source.PlaceOf(target with { Scope = scope.Scope });
    }

    protected async Task<SqlSession> OpenAsync(SqlPlace place, Func<SqlPlace, SqlOpening, CancellationToken, Task<SqlSession>> open, CancellationToken cancel)
    {
        var opening = new SqlOpening();
        try
        {
            return await open(place, opening, cancel);
        }
        catch (Exception e) when (e is not SourceException && !cancel.IsCancellationRequested)
        {
            throw new SourceException(faults.Of(source, e, opening.Step, place), e);
        }
    }

    private async Task<T> GuardedAsync<T>(string step, SqlPlace place, Func<Task<T>> action, CancellationToken cancel)
    {
        try
        {
            return await action();
        }
        catch (Exception e) when (e is not SourceException && !cancel.IsCancellationRequested)
        {
            throw new SourceException(faults.Of(source, e, step, place), e);
        }
    }

    protected TimeSpan TimeoutOf(SqlPlace place) => source.StatementTimeoutOf(place.Connection) ?? options.Value.StatementTimeout;

    private static SourceException Invalid(SettingProblem problem) =>
        new(new SourceFault(SourceFaultCode.InvalidSettings, SqlSteps.Settings, $"{string.Join('.', problem.Field)}: {problem.Message}"));
}
