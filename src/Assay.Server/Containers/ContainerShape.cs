using System.Text.Json;
using Assay.Server.Containers.Computed;
using Assay.Server.Datastores;
using Assay.Server.Fields.Computed;
using Assay.Server.Tags;
using Assay.Sources.Contract;

namespace Assay.Server.Containers;

/// <summary>Turns a stored container into what the API shows of its kind.</summary>
internal static class ContainerShape
{
    /// <summary>What a row alone does not say.</summary>
    internal sealed record Company(DatastoreStub Datastore, bool Favorite, IReadOnlyList<string> Excluded, IReadOnlyList<TagView> Tags, DateTime? LastModified, ContainerCounts Counts, Profiles.MeasurementView? Measured, IReadOnlyList<ComputedFieldView> Fields, IReadOnlyDictionary<long, Computed.ComputedInput> Inputs);

    public static ContainerView Of(Container row, Company with) => row.Definition is not null ? Computed(row, with)
        : row.ContainerType == "file" ? File(row, with) : Table(row, with);

    /// <summary>The API knows tables and views; the source's finer kinds fall under one of them.</summary>
    public static string TableType(string? stored) => stored is "view" or "materialized_view" ? "view" : "table";

    private static ContainerMetrics Metrics(Container c, ContainerCounts counts) => new(c.FieldCount, c.Records, c.RecordsQuality)
    {
        LastProfiled = c.LastProfiled,
        Completeness = c.Completeness,
        ActiveChecks = counts.ActiveChecks,
        ImportantChecks = counts.ImportantChecks,
        PassingChecks = counts.PassingChecks,
        FailingChecks = counts.FailingChecks,
        Anomalies = counts.Anomalies,
        ActiveAnomalies = counts.ActiveAnomalies,
        LastScanned = counts.LastScanned,
        QualityScore = counts.Score,
    };

    private static ContainerView Common(Container c, Company with) => new()
    {
        Id = c.Id,
        Created = c.Created,
        Datastore = with.Datastore,
        ContainerType = c.ContainerType,
        Name = c.Name,
        Description = c.Description,
        Remarks = c.Remarks,
        Favorite = with.Favorite,
        Status = c.SyncState,
        Message = c.Problem,
        ExcludeFields = with.Excluded,
        GroupByFields = Json(c.GroupByFields, "[]"),
        Metrics = Metrics(c, with.Counts),
        GlobalTags = with.Tags,
        ComputedFields = with.Fields,
        VolumetricTrackingEnabled = c.VolumetricTrackingEnabled,
        FreshnessTrackingEnabled = c.FreshnessTrackingEnabled,
        LatestObservabilityMeasurement = with.Measured,
        DeletedAt = c.DeletedAt,
        AdditionalMetadata = Json(c.AdditionalMetadata, "{}"),
    };

    private static TableView Table(Container c, Company with) => new(Common(c, with))
    {
        TableType = TableType(c.TableType),
        SourceType = c.TableType ?? "table",
        Keys = Json(c.Keys, "[]"),
        PartitionField = c.PartitionField,
        IncrementalFieldName = c.IncrementalFieldName,
        IncrementalIdentifierType = c.IncrementalIdentifierType,
        InferDatatypes = c.InferDatatypes,
    };

    private static ComputedView Computed(Container c, Company with)
    {
        var from = ComputedDefinition.Parse(c.Definition!);
        var join = c.ContainerType == ComputedDefinition.Join && from.Sources is null;
        return new()
        {
            Id = c.Id,
            Created = c.Created,
            Datastore = with.Datastore,
            ContainerType = c.ContainerType,
            Name = c.Name,
            Description = c.Description,
            Remarks = c.Remarks,
            Favorite = with.Favorite,
            Status = c.SyncState,
            Message = c.Problem,
            ExcludeFields = with.Excluded,
            GroupByFields = Json(c.GroupByFields, "[]"),
            Metrics = Metrics(c, with.Counts),
            GlobalTags = with.Tags,
            ComputedFields = with.Fields,
            VolumetricTrackingEnabled = c.VolumetricTrackingEnabled,
            FreshnessTrackingEnabled = c.FreshnessTrackingEnabled,
            LatestObservabilityMeasurement = with.Measured,
            DeletedAt = c.DeletedAt,
            AdditionalMetadata = Json(c.AdditionalMetadata, "{}"),
            IncrementalFieldName = c.IncrementalFieldName,
            IncrementalIdentifierType = c.IncrementalIdentifierType,
            Query = from.Query,
            Sources = from.Sources,
            SourceContainer = from.SourceContainerId is { } input ? with.Inputs.GetValueOrDefault(input) : null,
            SourceContainerId = from.SourceContainerId,
            SelectClause = from.SelectClause,
            WhereClause = from.WhereClause,
            GroupByClause = from.GroupByClause,
            LeftContainerId = from.LeftContainerId,
            LeftJoinFieldName = from.LeftJoinFieldName,
            LeftPrefix = join ? from.LeftPrefix : null,
            RightContainerId = from.RightContainerId,
            RightJoinFieldName = from.RightJoinFieldName,
            RightPrefix = join ? from.RightPrefix : null,
            JoinType = join ? from.JoinType : null,
        };
    }

    private static FileView File(Container c, Company with)
    {
        var file = JsonSerializer.Deserialize<FileStructure>(c.File!, Web.Json.Options)!;
        return new(Common(c, with))
        {
            RelativePath = file.RelativePath,
            FileName = file.Pattern,
            FileFormat = file.Format,
            Extension = file.Extension,
            JsonFormat = file.JsonFormat,
            HasHeader = file.HasHeader,
            EscapeCharacter = file.EscapeCharacter,
            LastModified = with.LastModified,
            InferDatatypes = Reading.StoredContainer.InfersTypes(c, file),
            TreatEmptyAsNull = c.TreatEmptyAsNull,
        };
    }

    private static JsonElement Json(string? stored, string otherwise) => JsonElement.Parse(stored ?? otherwise);
}
