using System.ComponentModel;
using System.Text.Json;
using Assay.Server.Fields.Computed;
using Assay.Server.Scores;
using Assay.Server.Tags;

namespace Assay.Server.Fields;

/// <summary>A field as the API shows it.</summary>
internal sealed record FieldView
{
    public required long Id { get; init; }
    public required DateTime Created { get; init; }
    public required string Name { get; init; }
    public string DisplayName => Name;
    public required string? Description { get; init; }
    [Description("Integral, Fractional, Boolean, String, Date, Timestamp, Array, Struct or Unknown.")]
    public required string Type { get; init; }
    [Description("For arrays the type of the elements; null otherwise.")]
    public required string? ElementType { get; init; }
    [Description("active, missing (the source no longer has it), masked (values are not shown) or excluded.")]
    public required string Status { get; init; }
    [Description("Position in the container, from 1.")]
    public required long Ordinal { get; init; }
    [Description("Share of values that are not null, 0 to 1; null before a profile.")]
    public double? Completeness { get; init; }
    public required long Weight { get; init; }
    [Description("Its own tags and those of its container and datastore.")]
    public required IReadOnlyList<TagView> GlobalTags { get; init; }
    public long? LatestProfileId { get; init; }
    [Description("Null before its container was profiled or scanned.")]
    public QualityScoreView? QualityScore { get; init; }
    [Description("How it is computed; null for the container's own fields.")]
    public ComputedFieldView? ComputedField { get; init; }
    [Description("The source's own spelling of the type.")]
    public required string? NativeType { get; init; }
    public required bool? Nullable { get; init; }
    [Description("Length of text or precision of numbers, where the source declares one.")]
    public required long? ColumnSize { get; init; }
    [Description("Digits after the point, where the source declares them.")]
    public required long? DecimalDigits { get; init; }
    [Description("The source's own comment.")]
    public required string? Remarks { get; init; }
    public required JsonElement AdditionalMetadata { get; init; }
    public required FieldContainer Container { get; init; }

    public static FieldView Of(Field f, FieldContainer container, IReadOnlyList<TagView> tags, QualityScoreView? score, ComputedFieldView? computed) => new()
    {
        Id = f.Id,
        Created = f.Created,
        Name = f.Name,
        Description = f.Description,
        Type = f.Type,
        ElementType = f.ElementType,
        Status = f.Status,
        Ordinal = f.Ordinal,
        Weight = f.Weight,
        Completeness = f.Completeness,
        LatestProfileId = f.LatestProfileId,
        QualityScore = score,
        GlobalTags = tags,
        ComputedField = computed,
        NativeType = f.NativeType,
        Nullable = f.Nullable,
        ColumnSize = f.ColumnSize,
        DecimalDigits = f.DecimalDigits,
        Remarks = f.Remarks,
        AdditionalMetadata = JsonElement.Parse(f.AdditionalMetadata ?? "{}"),
        Container = container,
    };
}

/// <summary>The container of a field.</summary>
internal sealed record FieldContainer(long Id, string Name, string ContainerType, long DatastoreId);

/// <summary>A field in short, as the unpaged listing shows it.</summary>
internal sealed record FieldStub(long Id, string Name, string Type, string Status, long ContainerId);
