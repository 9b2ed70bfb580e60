namespace Assay.Server.Operations.Export;

/// <summary>An export of what is known of a datastore.</summary>
internal sealed record ExportOperationView : OperationView
{
    private ExportOperationView(OperationView common) : base(common)
    {
    }

    /// <summary>anomalies, checks or profiles.</summary>
    public required string AssetType { get; init; }
    /// <summary>Whether what is archived or deleted was exported, too.</summary>
    public required bool IncludeDeleted { get; init; }
    /// <summary>Whether values of masked fields were exported as they are.</summary>
    public required bool IncludeMasked { get; init; }

    public static ExportOperationView Of(OperationView common, ExportSettings settings, OperationParts parts) =>
        new(common with { Tags = settings.ContainerTags, Containers = parts.WithIds(common.Datastore.Id, settings.ContainerIds) })
        {
            AssetType = settings.AssetType,
            IncludeDeleted = settings.IncludeDeleted,
            IncludeMasked = settings.IncludeMasked,
        };
}

/// <summary>An export of what belongs to the whole installation; its datastore is the store that it goes to.</summary>
internal sealed record GlobalExportView : OperationView
{
    private GlobalExportView(OperationView common) : base(common)
    {
    }

    /// <summary>Always check_templates.</summary>
    public required string AssetType { get; init; }
    public required long EnrichmentDatastoreId { get; init; }
    /// <summary>The templates that were asked for; empty for all.</summary>
    public required IReadOnlyList<long> TemplateIds { get; init; }

    public static GlobalExportView Of(OperationView common, ExportSettings settings) =>
        new(common) { AssetType = settings.AssetType, EnrichmentDatastoreId = common.Datastore.Id, TemplateIds = settings.TemplateIds };
}
