namespace Assay.Server.Tags;

/// <summary>A tag.</summary>
/// <param name="Type"><c>global</c>, <c>external</c>, <c>entity</c> or <c>lineage</c>.</param>
/// <param name="Color">Such as <c>#E74C3C</c>.</param>
/// <param name="WeightModifier">-10 to 10.</param>
internal record TagView(DateTime Created, long Id, string Type, string Name, string? Color, string? Description, string? Category, long WeightModifier)
{
    /// <summary>For lineage tags the id of the one above; null for the others.</summary>
    public long? ParentLineageTagId { get; init; }

    public static TagView Of(Tag tag) =>
        new(tag.Created, tag.Id, tag.Type, tag.Name, tag.Color, tag.Description, tag.Category, tag.WeightModifier) { ParentLineageTagId = tag.ParentLineageTagId };
}

/// <summary>A tag and how many datastores carry it.</summary>
/// <param name="Count">Datastores with this tag that the caller may see.</param>
internal sealed record TagUse(DateTime Created, long Id, string Type, string Name, string? Color, string? Description, string? Category, long WeightModifier, long Count)
    : TagView(Created, Id, Type, Name, Color, Description, Category, WeightModifier);
