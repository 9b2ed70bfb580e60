using Assay.Quality.Profiling;

namespace Assay.Quality.Inference;

/// <summary>Fields named after a key of another container, whose values all occur there.</summary>
internal static class ReferenceCandidates
{
    private const int LeastValues = 5;

    public static Task<IReadOnlyList<Candidate>> OfAsync(TrainingRows training, CancellationToken cancellation)
    {
        IReadOnlyList<Candidate> candidates =
        [
            .. from field in training.Profiles
               where training.HasEvidence(field) && field.ApproximateDistinctValues >= LeastValues
               let reference = training.Request.References.FirstOrDefault(r => SameFamily(field.Type, r.Field.Type) && KeyNames.IsNamedAfter(field.Name, r.Rows.Name, r.Field.Name))
               where reference is not null
               select Candidate.Of("existsIn", 4, $"{field.Name} occurs in {reference.Rows.Name}.{reference.Field.Name}", [field.Name],
                   ("field_name", reference.Field.Name), ("ref_container_id", reference.ContainerId), ("ref_datastore_id", reference.DatastoreId)) with { Allowed = training.Tolerance, Reference = reference, ReadsAll = true },
        ];
        return Task.FromResult(candidates);
    }

    private static bool SameFamily(FieldKind own, FieldType other) =>
        own == FieldKind.Integral && other == FieldType.Integral || own == FieldKind.String && other == FieldType.String;
}
