using Assay.Server.Datastores;
using Assay.Server.Fields;
using Assay.Server.Masking;
using Assay.Server.Reading;
using Assay.Server.Store;
using Assay.Sources.Reading;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Containers.Computed;

/// <summary>
/// Finds out which columns of a computed container show values that are masked in what it reads. What the engine computes is known to the column;
/// of a query in the source's own SQL, which Assay does not understand, every column counts as soon as the query names a container with a masked field.
/// </summary>
internal sealed class ComputedLineage(AssayDb db, TimeProvider clock)
{
    public Task<MaskedColumns> OfAsync(ComputedDefinition definition, long datastoreId, CancellationToken cancel) =>
        definition.IsNative ? OfQueryAsync(definition.Query!, datastoreId, cancel) : OfClausesAsync(definition, cancel);

    /// <summary>Whether a query in a source's own SQL names a container.</summary>
    public static bool Mentions(string query, string container)
    {
        var name = container[(container.LastIndexOf('.') + 1)..];
        return new[] { "\"", "`", "]" }.Select(quote => name.Replace(quote, quote + quote, StringComparison.Ordinal)).Append(name).Distinct().Any(n => Mention.Of(query, n));
    }

    private async Task<MaskedColumns> OfQueryAsync(string query, long datastoreId, CancellationToken cancel)
    {
        var connection = await db.Set<Datastore>().Where(d => d.Id == datastoreId).Select(d => d.ConnectionId).FirstAsync(cancel);
        var masked = await db.Set<Container>().Where(c => c.DeletedAt == null && c.Definition == null && db.Set<Datastore>().Any(d => d.Id == c.DatastoreId && d.ConnectionId == connection && d.Deleted == null)
            && db.Set<Field>().Any(f => f.ContainerId == c.Id && f.Status == FieldStatus.Masked)).Select(c => new { c.Name, c.DatastoreId }).ToListAsync(cancel);
        var named = masked.FindAll(c => Mentions(query, c.Name));
        return named.Count == 0 ? MaskedColumns.None : new MaskedColumns(null, IsCertain: named.Exists(c => c.DatastoreId != datastoreId));
    }

    private async Task<MaskedColumns> OfClausesAsync(ComputedDefinition definition, CancellationToken cancel)
    {
        var inputs = new List<StoredContainer>();
        foreach (var id in definition.Inputs)
            if (await StoredContainer.FindAsync(db, id, cancel) is { } input) inputs.Add(input);
            else return MaskedColumns.None; // it cannot be read at all
        var masked = ComputedRows.Names(definition, inputs).Where(n => n.Field.Status == FieldStatus.Masked).Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
        if (masked.Count == 0) return MaskedColumns.None;
        var clause = ComputedRows.Write(definition, [.. inputs.Select(i => (i, EngineRows.Over("SELECT 1", [])))], clock.GetUtcNow());
        if (clause.Fault is not null) return new MaskedColumns(null, IsCertain: true);
        return new MaskedColumns(clause.Origins.Where(o => o.Value.Any(masked.Contains)).Select(o => o.Key).ToHashSet(StringComparer.Ordinal), IsCertain: true)
        {
            Tested = clause.Tested.FirstOrDefault(masked.Contains),
            Grouped = clause.Grouped.FirstOrDefault(masked.Contains),
        };
    }
}

/// <summary>The columns of a computed container that show what is masked elsewhere.</summary>
/// <param name="Names">Null for all.</param>
/// <param name="IsCertain">Whether nobody may say that a column shows nothing of it.</param>
internal sealed record MaskedColumns(IReadOnlySet<string>? Names, bool IsCertain)
{
    public static readonly MaskedColumns None = new(new HashSet<string>(), IsCertain: true);

    /// <summary>A masked column that decides which rows there are; null where none does.</summary>
    public string? Tested { get; init; }

    /// <summary>A masked column from which the groups are computed; null where none is.</summary>
    public string? Grouped { get; init; }

    public bool Has(string column) => Names?.Contains(column) ?? true;
}
