using System.Text.Json;
using Assay.Quality.Rules;
using Assay.Server.Containers;
using Assay.Server.Datastores;
using Assay.Server.Fields;
using Assay.Server.Profiles;
using Assay.Server.Tags;
using Assay.Server.Users;

namespace Assay.Server.Checks.Reads;

/// <summary>What checks' own rows do not say, read for a page of them at once.</summary>
internal sealed record CheckContext(
    IReadOnlyDictionary<long, Container> Containers, IReadOnlyDictionary<long, DatastoreStub> Datastores, ILookup<long, string> FieldNames,
    IReadOnlyDictionary<(long Container, string Name), Field> Fields, ILookup<long, Tag> Tags, ILookup<long, long> ContainerWeights,
    IReadOnlyDictionary<long, QualityCheck> Templates, IReadOnlyDictionary<long, long> Attached, IReadOnlyDictionary<long, User> Users, IReadOnlySet<long> Favorites,
    IReadOnlyDictionary<long, (long All, long Open)> Anomalies, IReadOnlyDictionary<long, ContainerProfileView> Profiles, CheckMask Mask)
{
    public CheckView Show(QualityCheck c)
    {
        var container = c.ContainerId is { } id ? Containers.GetValueOrDefault(id) : null;
        var template = c.TemplateId is { } above ? Templates.GetValueOrDefault(above) : null;
        var anomalies = Anomalies.GetValueOrDefault(c.Id);
        var hidden = Mask.Hides(c, FieldNames[c.Id]);
        var properties = hidden ? CheckMask.Properties(c) : c.Properties;
        // Masked fields get no checks.
        var inferred = hidden ? InferredParts.None : RuleCatalogue.Find(c.RuleType)?.Spec.Inferred ?? InferredParts.None;
        return new CheckView
        {
            Id = c.Id,
            Created = c.Created,
            RuleType = c.RuleType,
            Inferred = c.Inferred,
            Fields = [.. FieldNames[c.Id].Select(name => Field(c.ContainerId, name))],
            Description = hidden ? CheckMask.Description(c) : c.Description,
            Coverage = c.Coverage,
            Filter = hidden ? CheckMask.Filter(c) : c.Filter,
            Properties = properties is null ? null : JsonElement.Parse(properties),
            IsPropertiesInferrable = inferred.HasFlag(InferredParts.Properties),
            IsCoverageInferrable = inferred.HasFlag(InferredParts.Coverage),
            IsDescriptionInferrable = inferred.HasFlag(InferredParts.Description),
            IsMasked = hidden,
            TemplateLocked = c.IsTemplate ? c.TemplateLocked : template?.TemplateLocked ?? false,
            IsTemplate = c.IsTemplate,
            IsNew = c.LastAsserted is null,
            NumContainerScans = c.NumContainerScans,
            TemplateChecksCount = Attached.GetValueOrDefault(c.Id),
            AnomalyCount = anomalies.All,
            ActiveAnomalyCount = anomalies.Open,
            Status = c.Status,
            DeletedAt = c.DeletedAt,
            LastEditor = User(c.LastEditorId),
            CreatedBy = User(c.CreatedById),
            LastUpdated = c.LastUpdated,
            LastAsserted = c.LastAsserted,
            IsPassing = c.IsPassing,
            Weight = CheckWeight.Of(c.RuleType, c.Inferred, anomalies.All > 0, Tags[c.Id].Sum(t => t.WeightModifier) + ContainerWeights[c.ContainerId ?? 0].Sum()),
            AdditionalMetadata = JsonElement.Parse(c.AdditionalMetadata ?? "{}"),
            GlobalTags = TagsOf(c.Id),
            Datastore = container is null ? null : Datastores.GetValueOrDefault(container.DatastoreId),
            Container = container is null ? null : Stub(container),
            LatestContainerProfile = container is null ? null : Profiles.GetValueOrDefault(container.Id),
            Favorite = Favorites.Contains(c.Id),
            Template = template is null ? null : new TemplateStub(template.Id, template.RuleType, template.Description, template.TemplateLocked, TagsOf(template.Id)),
            Owner = User(c.OwnerId),
            DefaultAnomalyAssignee = User(c.DefaultAnomalyAssigneeId),
            AnomalyMessageField = c.AnomalyMessageField,
        };
    }

    public static CheckContainer Stub(Container c) => new(
        c.Id, c.Name, c.ContainerType, c.ContainerType == "table" ? ContainerShape.TableType(c.TableType) : null, c.DeletedAt,
        c.VolumetricTrackingEnabled, c.FreshnessTrackingEnabled);

    private CheckFieldView Field(long? container, string name) =>
        container is { } id && Fields.TryGetValue((id, name), out var field)
            ? new CheckFieldView(field.Id, name, field.Type, field.Status, field.NativeType, field.Nullable)
            : new CheckFieldView(null, name, null, null, null, null);

    private IReadOnlyList<TagView> TagsOf(long check) => [.. Tags[check].OrderBy(t => t.Name, StringComparer.Ordinal).Select(TagView.Of)];

    private UserStub? User(long? id) => id is { } known && Users.TryGetValue(known, out var user) ? UserStub.Of(user) : null;
}
