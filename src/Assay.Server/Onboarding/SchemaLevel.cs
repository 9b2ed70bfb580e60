using Assay.Sources.Contract;

namespace Assay.Server.Onboarding;

/// <summary>Where a connector's datastores keep what discovery and bulk creation call a schema.</summary>
internal readonly struct SchemaLevel(ConnectorSpec spec)
{
    /// <summary>The scope of the datastore that covers a schema. Where a schema is a database of its own, it stands there.</summary>
    public SourceScope ScopeOf(string? database, string schema) =>
        spec.SchemaIsDatabase ? new SourceScope(schema) : new SourceScope(database, schema);
}
