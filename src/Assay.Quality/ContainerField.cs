namespace Assay.Quality;

/// <summary>A field of a container as its last sync or profile knows it.</summary>
/// <param name="Name">The name exactly as the container spells it.</param>
/// <param name="Type">The platform's type.</param>
/// <param name="ElementType">For arrays the type of the elements; null where unknown.</param>
/// <param name="NativeType">The source's own spelling of the type, or null where the source has none.</param>
public sealed record ContainerField(string Name, FieldType Type, FieldType? ElementType = null, string? NativeType = null);
