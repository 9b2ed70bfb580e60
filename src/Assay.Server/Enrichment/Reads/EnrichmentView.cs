using Assay.Server.Datastores;

namespace Assay.Server.Enrichment.Reads;

/// <summary>What a datastore writes to its enrichment store, and how that store takes it; of an enrichment store, what all of its sources write.</summary>
/// <param name="EnrichDatastore">The enrichment store; null where none is linked.</param>
/// <param name="State">
/// <c>unlinked</c>, <c>idle</c> (all is written), <c>waiting</c> (something is to be written next), <c>writing</c>, or <c>failing</c>: the last try failed, and there
/// will be another.
/// </param>
/// <param name="Pending">Scans of containers whose evidence is not wholly written yet.</param>
/// <param name="Oldest">When the oldest of them was scanned.</param>
/// <param name="Message">Why the last try failed.</param>
/// <param name="Failures">Tries that have failed one after another.</param>
/// <param name="NextTry">When it is tried again.</param>
/// <param name="LastDelivery">When all had been written at last.</param>
/// <param name="Notice">What was left out at last because the store can never hold it.</param>
/// <param name="Tables">The tables that scans write there; they are made when there is something to write.</param>
internal sealed record EnrichmentView(
    DatastoreStub? EnrichDatastore, string State, long Pending, DateTime? Oldest, string? Message, long Failures, DateTime? LastFailure, DateTime? NextTry,
    DateTime? LastDelivery, string? Notice, IReadOnlyList<string> Tables);

/// <summary>What a link would come to.</summary>
/// <param name="Connected">Whether the store can be reached and written.</param>
/// <param name="Message">Why it cannot.</param>
/// <param name="Tables">The tables that scans would make there.</param>
internal sealed record LinkPlanView(bool Connected, string? Message, IReadOnlyList<string> Tables);

/// <summary>A table that Assay writes to an enrichment store.</summary>
/// <param name="Label">What it is: <c>failed_checks</c> and the like, or the name of the container whose rows it holds.</param>
/// <param name="Datastore">The source that it is of; null once that is deleted.</param>
internal sealed record EnrichmentTableView(string Name, string Label, DatastoreStub? Datastore);
