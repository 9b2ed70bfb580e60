using System.Text.Json.Serialization;

namespace Assay.Server.Onboarding;

/// <summary>What a bulk creation made, and what it could not make.</summary>
/// <param name="Created">The ids of the new datastores, in the order of the request; empty for a dry run.</param>
/// <param name="Errors">One for each schema or root path without a datastore; empty where all have one.</param>
/// <param name="Planned">For a dry run what would be made, in the order of the request; absent otherwise.</param>
internal sealed record BulkResult(
    IReadOnlyList<long> Created, IReadOnlyList<BulkError> Errors,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<PlannedDatastore>? Planned = null);

/// <param name="SchemaName">The schema, or for file stores the root path.</param>
internal sealed record BulkError(string SchemaName, string Error);

/// <summary>A datastore that a bulk creation would make.</summary>
/// <param name="SchemaName">The schema, or for file stores the root path.</param>
/// <param name="EnrichmentPrefix">The prefix of its tables at an enrichment store; null for one that is an enrichment store itself.</param>
internal sealed record PlannedDatastore(string SchemaName, string Name, string? Database, string? Schema, string? RootPath, string? EnrichmentPrefix);
