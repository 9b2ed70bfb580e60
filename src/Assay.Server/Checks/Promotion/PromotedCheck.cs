using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Quality.Rules;
using Assay.Server.Checks.Writes;
using Assay.Server.Web.Requests;

namespace Assay.Server.Checks.Promotion;

/// <summary>A check as it is to be on another container, whose fields have the same names in whatever case.</summary>
/// <param name="Fields">The names of the check's fields, in order.</param>
/// <param name="Tags">Its tags.</param>
internal sealed record PromotedCheck(QualityCheck Check, IReadOnlyList<string> Fields, IReadOnlyList<long> Tags)
{
    private static readonly string[] FieldProperties = ["field_name", "distinct_field_name"];

    /// <summary>Without fields, and as a draft, where the other container lacks one of them.</summary>
    /// <param name="names">The other container's fields by their names in lower case.</param>
    /// <param name="people">Users who may still be named.</param>
    public CheckRequest On(long container, IReadOnlyDictionary<string, string> names, IReadOnlySet<long> people, IReadOnlyList<string> additionalTags, bool asDraft, bool keepsTemplate)
    {
        var matched = Fields.All(f => names.ContainsKey(f.ToLowerInvariant()));
        return new CheckRequest
        {
            ContainerId = container,
            Rule = Check.RuleType,
            Description = Check.Description,
            Fields = matched ? [.. Fields.Select(f => new NameOrId(null, names[f.ToLowerInvariant()]))] : [],
            Coverage = Check.Coverage,
            Filter = Check.Filter,
            Properties = Properties(names),
            Tags = [.. Tags.Select(id => new NameOrId(id, null)), .. additionalTags.Select(name => new NameOrId(null, name))],
            AdditionalMetadata = Check.AdditionalMetadata is null ? null : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Check.AdditionalMetadata),
            AnomalyMessageField = Check.AnomalyMessageField is { } field ? names.GetValueOrDefault(field.ToLowerInvariant()) : null,
            Status = matched && !asDraft ? Check.Status : CheckStatus.Draft,
            OwnerId = Known(Check.OwnerId, people),
            DefaultAnomalyAssigneeId = Known(Check.DefaultAnomalyAssigneeId, people),
            TemplateId = keepsTemplate ? Check.TemplateId : null,
            SentNames = new HashSet<string> { nameof(CheckRequest.AdditionalMetadata), nameof(CheckRequest.AnomalyMessageField), nameof(CheckRequest.DefaultAnomalyAssigneeId) },
        };
    }

    /// <summary>Properties that name fields of the container itself name the other container's.</summary>
    private Dictionary<string, JsonElement>? Properties(IReadOnlyDictionary<string, string> names)
    {
        if (Check.Properties is null) return null;
        var properties = JsonNode.Parse(Check.Properties)!.AsObject();
        if (RuleCatalogue.Find(Check.RuleType)?.Spec.Properties.All(p => p.Name != "ref_container_id") == true)
            foreach (var member in FieldProperties)
                if (properties[member] is JsonValue value && value.TryGetValue<string>(out var name) && names.TryGetValue(name.ToLowerInvariant(), out var other)) properties[member] = other;
        return properties.Deserialize<Dictionary<string, JsonElement>>();
    }

    private static long? Known(long? user, IReadOnlySet<long> people) => user is { } id && people.Contains(id) ? id : null;
}
