using Assay.Server.Fields.Computed;

namespace Assay.Server.Reading;

/// <summary>What a read needs of the source so that the computed fields that it wants can be computed.</summary>
/// <param name="OfSource">Names of the fields to read of the source; null for all.</param>
/// <param name="Formulas">The computed fields among what is wanted.</param>
/// <param name="Wanted">Names of all that is given out, in order.</param>
internal sealed record ComputedFieldDemand(IReadOnlyList<string>? OfSource, IReadOnlyList<ComputedField> Formulas, IReadOnlyList<string> Wanted)
{
    /// <param name="columns">Names of the fields wanted; null for all.</param>
    public static ComputedFieldDemand Of(StoredContainer stored, IReadOnlyList<string>? columns)
    {
        var wanted = columns ?? [.. stored.Readable.Select(f => f.Name)];
        var computed = stored.Readable.Where(f => f.ComputedFieldId is not null && wanted.Contains(f.Name)).ToDictionary(f => f.ComputedFieldId!.Value, f => f.Name);
        var formulas = stored.Computed.Where(c => computed.ContainsKey(c.Id)).ToList();
        if (formulas.Count == 0 || columns is null) return new(columns, formulas, wanted);
        var own = stored.OfSource.Select(f => f.Name).ToList();
        var needed = wanted.Concat(formulas.SelectMany(f => f.Dependencies)).Where(own.Contains).Distinct(StringComparer.Ordinal).ToList();
        // An expression may name no field at all, but rows there have to be.
        return new(needed.Count > 0 ? needed : [.. own.Take(1)], formulas, wanted);
    }
}
