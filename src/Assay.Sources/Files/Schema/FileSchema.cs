using Assay.Sources.Contract;

namespace Assay.Sources.Files.Schema;

/// <summary>What one file says about its fields and about how to read it.</summary>
internal sealed record FileSchema(IReadOnlyList<FieldStructure> Fields)
{
    public bool? HasHeader { get; init; }
    public string? Delimiter { get; init; }
    public string? EscapeCharacter { get; init; }
    public string? JsonFormat { get; init; }
    public string? Encoding { get; init; }
    public string? Compression { get; init; }
}

/// <summary>A schema, or in plain words why the file has none. Beside a schema the words say what is left out of it.</summary>
internal readonly record struct SchemaRead(FileSchema? Schema, string? Problem)
{
    public static SchemaRead Of(FileSchema schema, string? remark = null) => new(schema, remark);
    public static SchemaRead Broken(string problem) => new(null, problem);
}
