using Microsoft.OpenApi;

namespace Assay.Server.OpenApi;

/// <summary>The chapters of the document, in the order in which a newcomer meets them.</summary>
internal static class ApiTags
{
    private static readonly (string Name, string Description)[] All =
    [
        ("Datastores", "Where data lives: sources that Assay watches, and enrichment stores that it writes evidence to."),
        ("Datastore groups", "Named groups of datastores."),
        ("Connections", "How to reach sources: hosts, credentials, parameters. Datastores share them."),
        ("Onboarding", "A whole database at once: discover catalogs and schemas, validate them, create datastores in bulk."),
        ("Operations", "Long work: syncs, profiles, scans, exports, their progress and their end."),
        ("Containers", "What a sync found in a datastore: tables, views, files."),
        ("Fields", "The columns of containers."),
        ("Profiles", "What profiles found: figures of containers and fields."),
        ("Quality checks", "What is asserted about containers, and templates of it."),
        ("Scans", "What scans came to, container by container."),
        ("Anomalies", "What scans found, and what people made of it."),
        ("Enrichment", "What scans write to enrichment stores: how that goes, and what is there."),
        ("Quality scores", "How good the data is, from 0 to 100, in eight dimensions."),
        ("Search", "Finding things by name, wherever they are."),
        ("Tags", "Labels for datastores and what is in them."),
        ("Users", "The people and service accounts that use this server."),
        ("Teams", "Who may do what with which datastores."),
        ("Tokens", "Personal tokens and those of service accounts."),
        ("Activity", "What was done on this server, by whom."),
        ("Status", "What this server is and how it does."),
    ];

    /// <summary>The chapters that the document has operations for.</summary>
    public static HashSet<OpenApiTag> In(OpenApiDocument document)
    {
        var used = document.Paths.Values.SelectMany(p => p.Operations!.Values).SelectMany(o => o.Tags ?? new HashSet<OpenApiTagReference>())
            .Select(t => t.Reference.Id).ToHashSet();
        return [.. All.Where(t => used.Contains(t.Name)).Select(t => new OpenApiTag { Name = t.Name, Description = t.Description })];
    }
}
