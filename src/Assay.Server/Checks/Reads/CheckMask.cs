using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Quality.Rules;
using Assay.Server.Fields;
using Assay.Server.Masking;
using Assay.Server.Operations.Scan;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Checks.Reads;

/// <summary>
/// What of checks may be shown: where one has to do with a field that is masked now, its values, its filter and what scans said of it may not,
/// whenever they were written. They stay in the store, where scans read them.
/// </summary>
/// <param name="masked">Names of masked fields by container.</param>
internal sealed class CheckMask(ILookup<long, string> masked)
{
    private const string NamesOnly = "expectedSchema";

    public static async Task<CheckMask> ReadAsync(AssayDb db, IEnumerable<QualityCheck> checks, CancellationToken cancel)
    {
        var containers = checks.SelectMany(Containers).Distinct().ToArray();
        return new CheckMask((await db.Set<Field>().Where(f => EF.Parameter(containers).Contains(f.ContainerId) && f.Status == FieldStatus.Masked)
            .Select(f => new { f.ContainerId, f.Name }).ToListAsync(cancel)).ToLookup(f => f.ContainerId, f => f.Name));
    }

    /// <summary>Those of these checks that have to do with a masked field.</summary>
    public static async Task<IReadOnlySet<long>> HiddenAsync(AssayDb db, IReadOnlyCollection<long> ids, CancellationToken cancel)
    {
        var checks = await db.Set<QualityCheck>().AsNoTracking().Where(c => EF.Parameter(ids).Contains(c.Id)).ToListAsync(cancel);
        var mask = await ReadAsync(db, checks, cancel);
        var fields = (await db.Set<CheckField>().AsNoTracking().Where(f => EF.Parameter(ids).Contains(f.CheckId)).ToListAsync(cancel)).ToLookup(f => f.CheckId, f => f.Name);
        return checks.Where(c => mask.Hides(c, fields[c.Id])).Select(c => c.Id).ToHashSet();
    }

    /// <summary>What is shown in the place of the descriptions of those of these checks that have to do with a masked field.</summary>
    public static async Task<IReadOnlyDictionary<long, string>> DescriptionsAsync(AssayDb db, IQueryable<QualityCheck> checks, CancellationToken cancel)
    {
        var concerned = checks.AsNoTracking().Where(c => c.Properties!.Contains(StoredCheck.ReferenceProperty)
            || db.Set<Field>().Any(f => f.ContainerId == c.ContainerId && f.Status == FieldStatus.Masked));
        var rows = await concerned.ToListAsync(cancel);
        if (rows.Count == 0) return new Dictionary<long, string>();
        var hidden = await HiddenAsync(db, [.. rows.Select(c => c.Id)], cancel);
        return rows.Where(c => hidden.Contains(c.Id)).ToDictionary(c => c.Id, Description);
    }

    /// <param name="fields">The names of its fields.</param>
    public bool Hides(QualityCheck check, IEnumerable<string> fields)
    {
        if (check.RuleType == NamesOnly) return false;
        var names = Containers(check).SelectMany(c => masked[c]).ToHashSet(StringComparer.Ordinal);
        if (names.Count == 0) return false;
        if (fields.Append(check.AnomalyMessageField).Any(f => f is not null && names.Contains(f))) return true;
        var texts = Texts(check.Properties is null ? null : JsonNode.Parse(check.Properties)).Append(check.Filter ?? "").ToList();
        return names.Any(name => texts.Exists(text => Mention.Of(text, name)));
    }

    /// <summary>The properties with a mask for each value that may be one of the field's.</summary>
    public static string? Properties(QualityCheck check)
    {
        if (check.Properties is null || JsonNode.Parse(check.Properties) is not JsonObject properties) return check.Properties;
        var specs = RuleCatalogue.Find(check.RuleType)?.Spec.Properties ?? [];
        foreach (var (name, value) in properties.ToList())
            if (value is not null && specs.FirstOrDefault(s => s.Name == name)?.Type is null or PropertyType.DateTime or PropertyType.List or PropertyType.Number or PropertyType.String or PropertyType.SparkSql or PropertyType.Scala)
                properties[name] = value is JsonArray ? new JsonArray(Mask.Text) : Mask.Text;
        return properties.ToJsonString(Web.Json.Options);
    }

    public static string? Filter(QualityCheck check) => check.Filter is null ? null : Mask.Text;

    /// <summary>What a profile wrote tells what it saw; people's words are theirs, but for the check's values in them.</summary>
    public static string Description(QualityCheck check)
    {
        if (check.Inferred && check.LastEditorId is null) return RuleCatalogue.Find(check.RuleType)?.Spec.Description ?? Mask.Text;
        var values = Texts(check.Properties is null ? null : JsonNode.Parse(check.Properties)).Where(v => v.Length > 0).OrderByDescending(v => v.Length);
        return values.Any(v => Mention.Of(check.Description, v)) ? Mask.Text : check.Description;
    }

    /// <summary>What stands in the place of what a scan said of the check.</summary>
    public static string Message(string rule, IEnumerable<string> fields) => string.Join(", ", fields) is { Length: > 0 } names ? $"{names}: {rule} failed ({Mask.Text})" : $"{rule} failed ({Mask.Text})";

    private static IEnumerable<long> Containers(QualityCheck check) => new[] { check.ContainerId, StoredCheck.ReferenceOf(check.Properties) }.OfType<long>();

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => Texts(m.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.GetValueKind() is JsonValueKind.String => [value.GetValue<string>()],
        JsonValue value when value.GetValueKind() is JsonValueKind.Number => [value.ToJsonString()],
        _ => [],
    };
}
