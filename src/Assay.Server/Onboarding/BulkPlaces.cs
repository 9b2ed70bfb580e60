using Assay.Server.Web.Responses;

namespace Assay.Server.Onboarding;

/// <summary>Finds out which schemas or root paths a bulk creation is about: those that were listed, or those that the source has.</summary>
internal sealed class BulkPlaces(Discovery discovery)
{
    public async Task<Outcome<IReadOnlyList<string>>> FindAsync(BulkRequest request, BulkTarget target, CancellationToken cancel)
    {
        if (!NamePatterns.Of(request.Include, request.Exclude, "body").Try(out var patterns, out var failure)) return failure;
        if (request.Listed is { } listed) return patterns.Pick(listed, name => name);
        var wanted = new SchemaFilter { Catalog = request.Database, System = false };
        if (target.Fresh is { } fresh)
            return (await discovery.SchemasAsync(fresh, wanted, cancel)).Try(out var names, out failure) ? patterns.Pick(names, name => name) : failure;
        if (!(await discovery.SchemasAsync(target.Id, wanted, cancel)).Try(out var schemas, out failure)) return failure;
        return patterns.Pick<string>([.. schemas.Where(s => s.ExistingDatastores.Count == 0).Select(s => s.Name)], name => name);
    }
}
