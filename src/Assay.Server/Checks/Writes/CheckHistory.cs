using System.Text.Json.Nodes;
using Assay.Server.History;
using Assay.Server.Identity;
using Assay.Server.Store;

namespace Assay.Server.Checks.Writes;

/// <summary>Writes down what changed of a check, by whom. What it adds is saved with the caller's changes.</summary>
internal sealed class CheckHistory(AssayDb db)
{
    public const string ObjectType = "quality_check";

    public void Created(QualityCheck check, IReadOnlyList<string> fields, Caller? caller, DateTime now) =>
        db.Add(Change.Of(ObjectType, check.Id, Change.Insert, Between([], Before(check, fields)), caller, now));

    public void Changed(JsonObject before, QualityCheck check, IReadOnlyList<string> fields, Caller? caller, DateTime now)
    {
        var changes = Between(before, Before(check, fields));
        if (changes.Count > 0) db.Add(Change.Of(ObjectType, check.Id, Change.Update, changes, caller, now));
    }

    public void Deleted(QualityCheck check, Caller? caller, DateTime now) => db.Add(Change.Of(ObjectType, check.Id, Change.Delete, [], caller, now));

    /// <summary>The members that history follows, as they are.</summary>
    public JsonObject Before(QualityCheck c, IReadOnlyList<string> fields) => new()
    {
        ["description"] = c.Description,
        ["fields"] = new JsonArray([.. fields.Select(f => JsonValue.Create(f))]),
        ["coverage"] = c.Coverage,
        ["filter"] = c.Filter,
        ["properties"] = Node(c.Properties),
        ["additional_metadata"] = Node(c.AdditionalMetadata),
        ["status"] = c.Status,
        ["inferred"] = c.Inferred,
        ["template_locked"] = c.TemplateLocked,
        ["owner_id"] = c.OwnerId,
        ["default_anomaly_assignee_id"] = c.DefaultAnomalyAssigneeId,
        ["anomaly_message_field"] = c.AnomalyMessageField,
    };

    public static bool SameJson(string? a, string? b) => JsonNode.DeepEquals(Node(a), Node(b));

    private static JsonObject Between(JsonObject before, JsonObject after)
    {
        var changes = new JsonObject();
        foreach (var (member, value) in after)
            if (!JsonNode.DeepEquals(before[member], value)) changes[member] = new JsonArray(before[member]?.DeepClone(), value?.DeepClone());
        return changes;
    }

    private static JsonNode? Node(string? json) => json is null or "{}" ? null : JsonNode.Parse(json);
}
