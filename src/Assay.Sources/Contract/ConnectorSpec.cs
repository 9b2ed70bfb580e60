namespace Assay.Sources.Contract;

public enum StoreType { Jdbc, Dfs, Native }

/// <summary>A connector's description of itself: enough to draw a form, to check a request, and to know what can be asked of it.</summary>
public sealed record ConnectorSpec
{
    public required string Type { get; init; }
    public required string DisplayName { get; init; }
    public required StoreType StoreType { get; init; }
    /// <summary>Whether scans may write evidence into a datastore of this type.</summary>
    public required bool SupportsEnrichment { get; init; }
    /// <summary>Names of the levels above tables that can be discovered, outermost first: none, <c>[schema]</c>, or <c>[catalog, schema]</c>.</summary>
    public IReadOnlyList<string> CatalogLevels { get; init; } = [];
    /// <summary>True where the datastore's <c>database</c> takes what bulk creation calls a schema (MySQL family).</summary>
    public bool SchemaIsDatabase { get; init; }
    public int? DefaultPort { get; init; }
    public IReadOnlyList<PropertySpec> Properties { get; init; } = [];
}

/// <summary>One input of a connector's form, in the shape of the reference's specification property.</summary>
public sealed record PropertySpec
{
    public required string Field { get; init; }
    /// <summary><c>parameters</c> where the value travels inside that object; null for a top-level field.</summary>
    public string? MapTo { get; init; }
    public bool Required { get; init; }
    public required string Title { get; init; }
    /// <summary>string, number, boolean, enum, file, ...</summary>
    public string Type { get; init; } = "string";
    public IReadOnlyList<string>? Values { get; init; }
    public string? Group { get; init; }
    public object? Default { get; init; }
    public string? Info { get; init; }
    public string? Placeholder { get; init; }
    public bool Secret { get; init; }
    /// <summary>The value says where secrets are sent (a host, a URL): who changes it must send stored secrets again. For parameters; host, port, username, uri and access key always do.</summary>
    public bool Endpoint { get; init; }
    /// <summary>False for fields of the datastore (database, schema, root path) rather than of the connection.</summary>
    public bool ConnectionProperty { get; init; } = true;
    /// <summary>The field and value under which this input applies, such as authentication_type = KEYPAIR.</summary>
    public string? FilterField { get; init; }
    public string? FilterValue { get; init; }
}
