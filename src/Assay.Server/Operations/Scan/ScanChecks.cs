using System.Text.Json;
using Assay.Quality.Checks;
using Assay.Quality.Rules;
using Assay.Server.Checks;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.Scan;

/// <summary>A check as a scan needs it.</summary>
/// <param name="Reference">The container that it refers to; null for none.</param>
/// <param name="ExpectedTypes">For <c>expectedSchema</c> the types that fields had when it was saved.</param>
internal sealed record StoredCheck(CheckDefinition Definition, long? Reference, IReadOnlyDictionary<string, Quality.FieldType> ExpectedTypes)
{
    public static StoredCheck Of(QualityCheck row, IReadOnlyList<string> fields) => new(
        new CheckDefinition
        {
            Id = row.Id,
            Rule = row.RuleType,
            Fields = fields,
            Coverage = row.Coverage,
            Filter = row.Filter,
            Properties = CheckProperties.Parse(row.Properties),
            MessageField = row.AnomalyMessageField,
        },
        ReferenceOf(row.Properties),
        row.ExpectedTypes is null ? new Dictionary<string, Quality.FieldType>() : JsonSerializer.Deserialize<Dictionary<string, string>>(row.ExpectedTypes)!
            .Where(t => Enum.TryParse<Quality.FieldType>(t.Value, out _)).ToDictionary(t => t.Key, t => Enum.Parse<Quality.FieldType>(t.Value)));

    /// <summary>The property that names another container.</summary>
    public const string ReferenceProperty = "ref_container_id";

    /// <summary>The container that a check refers to by its properties; null for none.</summary>
    public static long? ReferenceOf(string? properties) =>
        properties is not null && JsonElement.Parse(properties).TryGetProperty(ReferenceProperty, out var id)
            ? id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var number) || id.ValueKind == JsonValueKind.String && long.TryParse(id.GetString(), out number) ? number : null
            : null;
}

/// <summary>The checks that a scan asserts on a container.</summary>
internal sealed class ScanChecks(IDbContextFactory<AssayDb> contexts)
{
    public async Task<IReadOnlyList<StoredCheck>> ActiveAsync(long container, ScanSettings settings, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = await db.Set<QualityCheck>().AsNoTracking().Where(c => c.ContainerId == container && c.Status == CheckStatus.Active && c.DeletedAt == null)
            .OrderBy(c => c.Id).ToListAsync(cancel);
        var ids = rows.Select(c => c.Id).ToArray();
        var fields = (await db.Set<CheckField>().AsNoTracking().Where(f => EF.Parameter(ids).Contains(f.CheckId)).OrderBy(f => f.Position).ToListAsync(cancel)).ToLookup(f => f.CheckId, f => f.Name);
        return [.. rows.Where(c => settings.CheckCategories.Contains(CategoryOf(c.RuleType))).Select(c => StoredCheck.Of(c, [.. fields[c.Id]]))];
    }

    private static string CategoryOf(string rule) => RuleCatalogue.Find(rule)?.Spec.Category == CheckCategory.Metadata ? ScanSettings.Metadata : ScanSettings.DataIntegrity;
}
