using Assay.Quality.Profiling;
using Assay.Server.Fields;
using Assay.Server.Reading;

namespace Assay.Server.Operations.Profile;

/// <summary>A container's fields in the profiler's terms.</summary>
internal static class ProfileFields
{
    public static IReadOnlyList<ProfileField> Of(StoredContainer stored) => [.. stored.Readable.Select(f => Of(f, stored))];

    private static ProfileField Of(Field field, StoredContainer stored)
    {
        // What a formula gives is of the type that it gives.
        if (field.ComputedFieldId is not null) return new(field.Name, FieldKind.Unknown);
        var infer = StoredContainer.InfersTypes(stored.Row, stored.File);
        return new(field.Name, stored.IsSchemaless ? FieldKind.String : Kind(field.Type), infer, field.ElementType is null ? null : Kind(field.ElementType));
    }

    private static FieldKind Kind(string type) => Enum.TryParse<FieldKind>(type, out var kind) ? kind : FieldKind.Unknown;
}
