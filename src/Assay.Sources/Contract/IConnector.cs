using System.Collections.Frozen;

namespace Assay.Sources.Contract;

/// <summary>
/// One kind of source. All members may throw <see cref="SourceException"/>, whose message is safe to show, and
/// <see cref="OperationCanceledException"/>; cancelling reaches the source.
/// </summary>
public interface IConnector
{
    ConnectorSpec Spec { get; }

    /// <summary>What is wrong with the settings before anything is tried: missing, unknown or contradictory fields. Empty when all is well.</summary>
    IReadOnlyList<SettingProblem> Validate(ConnectionSettings settings);

    /// <summary>
    /// Checks the datastore's own fields and settles their spelling, such as a root path's slashes. The answered scope is what
    /// is stored and shown.
    /// </summary>
    ScopeCheck CheckScope(SourceScope scope) => new(scope, []);

    /// <summary>Tries the target step by step. Never throws for what a source did: the report says it.</summary>
    Task<TestReport> TestAsync(SourceTarget target, TestIntent intent, CancellationToken cancel);

    /// <summary>
    /// Streams every container of the target, in an order that is the same each time. Ends normally only when the listing is complete:
    /// a failure at any point throws, so that "could not list" is never taken for "nothing there".
    /// </summary>
    IAsyncEnumerable<ContainerStructure> ListContainersAsync(SourceTarget target, ListOptions options, CancellationToken cancel);
}

/// <summary>A connector that can say which catalogs and schemas there are (JDBC and native stores).</summary>
public interface ICatalogConnector : IConnector
{
    Task<IReadOnlyList<CatalogEntry>> ListCatalogsAsync(ConnectionSettings settings, CancellationToken cancel);
    /// <param name="catalog">The catalog to look into; null means the connector's default.</param>
    Task<IReadOnlyList<CatalogEntry>> ListSchemasAsync(ConnectionSettings settings, string? catalog, CancellationToken cancel);
}

/// <param name="System">A schema or catalog that the product brought along, such as <c>information_schema</c>.</param>
public sealed record CatalogEntry(string Name, bool System);

/// <param name="Tables">List tables, foreign tables included.</param>
/// <param name="Views">List views, materialized views included.</param>
public sealed record ListOptions(bool Tables = true, bool Views = true)
{
    /// <summary>The only containers that are wanted; null for all. What cannot be left out cheaply may come all the same.</summary>
    public IReadOnlySet<string>? Names { get; init; }

    /// <summary>
    /// Decides whether a container is worth a look into its data, where its structure lies there (files): asked with all that a list of
    /// files tells. What is not looked into is left out of the listing. Null looks into all.
    /// </summary>
    public Func<ContainerStructure, bool>? LookInto { get; init; }

    /// <summary>How files are read, by the names of their containers, where that is not to be found out.</summary>
    public IReadOnlyDictionary<string, FileChoice> Files { get; init; } = FrozenDictionary<string, FileChoice>.Empty;

    public bool Wants(string name) => Names is null || Names.Contains(name);

    public bool Wants(ContainerKind kind, string name) => (kind is ContainerKind.View or ContainerKind.MaterializedView ? Views : Tables) && Wants(name);
}

/// <param name="Field">The path of the field within the connection object, such as <c>["parameters", "role"]</c>.</param>
/// <param name="Kind">The error type in the API's vocabulary: <c>missing</c>, <c>value_error</c>, <c>extra_forbidden</c>, ...</param>
public sealed record SettingProblem(IReadOnlyList<string> Field, string Message, string Kind = "value_error");

/// <param name="Scope">The scope with its spelling settled; as it came where there are problems.</param>
/// <param name="Problems">What is wrong, with the datastore's field (<c>["root_path"]</c>); empty when all is well.</param>
public sealed record ScopeCheck(SourceScope Scope, IReadOnlyList<SettingProblem> Problems);
