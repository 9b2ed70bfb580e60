using System.ComponentModel;
using System.Text.Json;
using Assay.Quality.Computed.Fields;

namespace Assay.Server.Fields.Computed;

/// <summary>How a field is computed.</summary>
internal sealed record ComputedFieldView
{
    public required long Id { get; init; }
    public required DateTime Created { get; init; }
    public required long ContainerId { get; init; }
    public required string Name { get; init; }
    [Description("cast, cleanedEntityName, convertFormattedNumeric or customExpression.")]
    public required string TransformationType { get; init; }
    [Description("The fields that it is computed from; empty for customExpression, which names its fields itself.")]
    public required IReadOnlyList<SourceFieldStub> SourceFields { get; init; }
    public required JsonElement Properties { get; init; }
    public required JsonElement AdditionalMetadata { get; init; }
    public required long? LastEditorId { get; init; }

    /// <param name="ids">Ids of the container's fields by name.</param>
    public static ComputedFieldView Of(ComputedField f, IReadOnlyDictionary<string, long> ids) => new()
    {
        Id = f.Id,
        Created = f.Created,
        ContainerId = f.ContainerId,
        Name = f.Name,
        TransformationType = f.Transformation,
        SourceFields = [.. f.Sources.Select(name => new SourceFieldStub(ids.TryGetValue(name, out var id) ? id : null, name))],
        Properties = JsonElement.Parse(f.Properties),
        AdditionalMetadata = JsonElement.Parse(f.AdditionalMetadata ?? "{}"),
        LastEditorId = f.LastEditorId,
    };
}

/// <param name="Id">Null where the container no longer has such a field.</param>
internal sealed record SourceFieldStub(long? Id, string Name);

/// <summary>A way to compute a field, for forms.</summary>
/// <param name="Fields">How many source fields it takes: single or none.</param>
/// <param name="FieldTypes">The types that a source field may have; empty for any.</param>
internal sealed record TransformationView(
    string Transformation, string Description, string Fields, IReadOnlyList<string> FieldTypes, IReadOnlyList<TransformationPropertyView> Properties)
{
    public static TransformationView Of(FieldTransformation t) => new(t.Name, t.Description, t.Sources, [.. t.Types.Select(x => x.ToString())],
        [.. t.Properties.Select(p => new TransformationPropertyView(p.Name, p.Type, p.Required, p.Description))]);
}

/// <param name="Type">text, flag (true or false) or list (of texts).</param>
internal sealed record TransformationPropertyView(string Name, string Type, bool Required, string Description);
