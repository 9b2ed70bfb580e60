using Assay.Server.Web.Responses;

namespace Assay.Server.Onboarding;

/// <summary>What is wrong with a bulk request on its own, before anything is looked up.</summary>
internal static class BulkChecks
{
    public static IReadOnlyList<FieldError> Problems(BulkRequest request)
    {
        var errors = new List<FieldError>();
        if (request is { Schemas: null, RootPaths: null, HasPatterns: false }) errors.Add(FieldError.InBody("schemas", "Either schemas or root_paths is required", "missing"));
        else if (request is { Schemas: not null, RootPaths: not null })
            errors.Add(FieldError.InBody("root_paths", "schemas and root_paths are mutually exclusive: send one of them"));
        else if (request.Listed is { Count: 0 })
            errors.Add(FieldError.InBody(request.Schemas is null ? "root_paths" : "schemas", "List should have at least 1 item, not 0", "too_short"));
        if (request.Group is not null && request.GroupId is not null)
            errors.Add(FieldError.InBody("group", "group and group_id are mutually exclusive: send one of them"));
        if (request.NameTemplate is { } template && !NameTemplate.HasPlace(template))
            errors.Add(FieldError.InBody("name_template", "The template must hold the placeholder {{ schema }}"));
        if (request.EnrichmentOnly == true && request.EnrichmentDatastoreId is not null)
            errors.Add(FieldError.InBody("enrichment_datastore_id", "An enrichment store cannot be linked to another"));
        return errors;
    }

    /// <summary>Whether the store type takes what the request lists.</summary>
    public static FieldError? KindProblem(BulkRequest request, bool files) => (request.Schemas, request.RootPaths, files) switch
    {
        (not null, _, true) => FieldError.InBody("schemas", "A dfs connection has no schemas: send root_paths"),
        (_, not null, false) => FieldError.InBody("root_paths", "Only dfs connections have root paths: send schemas"),
        _ => null,
    };
}
