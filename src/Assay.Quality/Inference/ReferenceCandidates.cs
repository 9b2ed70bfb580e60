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
               let reference = training.Request.References.FirstOrDefault(r => IsNamedAfter(field, r))
               where reference is not null
               select Candidate.Of("existsIn", 4, $"{field.Name} occurs in {reference.Rows.Name}.{reference.Field.Name}", [field.Name],
                   ("field_name", reference.Field.Name), ("ref_container_id", reference.ContainerId), ("ref_datastore_id", reference.DatastoreId)) with { Allowed = training.Tolerance, Reference = reference },
        ];
        return Task.FromResult(candidates);
    }

    /// <summary><c>customer_id</c> or <c>customer</c> for the key <c>id</c> or <c>customer_id</c> of <c>customers</c>.</summary>
    private static bool IsNamedAfter(FieldProfile field, ReferenceCandidate reference)
    {
        if (!SameFamily(field.Type, reference.Field.Type)) return false;
        var (name, key, container) = (Plain(field.Name), Plain(reference.Field.Name), Plain(reference.Rows.Name).TrimEnd('s'));
        return name == key && key.Length > 3 || container.Length > 2 && (name == container + key || name == container + "id" && key == "id" || name == container);
    }

    private static bool SameFamily(FieldKind own, FieldType other) =>
        own == FieldKind.Integral && other == FieldType.Integral || own == FieldKind.String && other == FieldType.String;

    private static string Plain(string name) => string.Concat(name.ToLowerInvariant().Where(char.IsLetterOrDigit));
}
