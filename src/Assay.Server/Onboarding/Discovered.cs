namespace Assay.Server.Onboarding;

/// <summary>A datastore that covers what was discovered.</summary>
internal sealed record ExistingDatastore(long Id, string Name);

/// <summary>A catalog (database) behind a stored connection.</summary>
/// <param name="ExistingDatastores">Datastores of the connection within this catalog, by id; empty where there are none.</param>
/// <param name="System">The product brought it along.</param>
internal sealed record DiscoveredCatalog(string Name, IReadOnlyList<ExistingDatastore> ExistingDatastores, bool System);

/// <summary>A schema behind a stored connection.</summary>
/// <param name="ExistingDatastores">Datastores of the connection with this catalog and schema, by id; empty where there are none.</param>
/// <param name="System">The product brought it along, such as <c>information_schema</c>.</param>
internal sealed record DiscoveredSchema(string Name, IReadOnlyList<ExistingDatastore> ExistingDatastores, bool System);
