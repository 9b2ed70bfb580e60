using System.Text.Json;
using Assay.Server.Containers;
using Assay.Server.Fields;
using Assay.Server.Scans;
using Assay.Server.Store;
using Assay.Server.Web;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.Scan;

/// <summary>Reads rows that a client sends for an external scan: an array of objects whose members are fields of the container.</summary>
internal sealed class ExternalRows(AssayDb db)
{
    public const int MostRows = 1_000_000;

    public async Task<Outcome<(long DatastoreId, string Json)>> ReadAsync(long containerId, ExternalScanRequest request, CancellationToken cancel)
    {
        if (await db.Set<Container>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == containerId && c.DeletedAt == null, cancel) is not { } container) return Failure.NotFound("Container", containerId);
        if (Rows(request.Records) is not { } rows) return Wrong("Input should be an array of objects, or such an array as text");
        if (rows.Count > MostRows) return Wrong($"There should be at most {MostRows} rows, not {rows.Count}");
        var known = (await db.Set<Field>().Where(f => f.ContainerId == containerId).Select(f => f.Name).ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
        foreach (var (row, index) in rows.Select((row, index) => (row, index)))
            if (row.EnumerateObject().FirstOrDefault(m => !known.Contains(m.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
                return Failure.Invalid(new FieldError(["body", "records", index, unknown.Name], $"The container has no field '{unknown.Name}'", "unknown_field"));
        return (container.DatastoreId, JsonSerializer.Serialize(new ExternalScanSettings(containerId, container.Name, request.Name, rows), Json.Options));
    }

    private static List<JsonElement>? Rows(JsonElement records)
    {
        try
        {
            var array = records.ValueKind == JsonValueKind.String ? JsonElement.Parse(records.GetString()!) : records;
            if (array.ValueKind != JsonValueKind.Array) return null;
            var rows = array.EnumerateArray().ToList();
            return rows.TrueForAll(r => r.ValueKind == JsonValueKind.Object) ? rows : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Failure Wrong(string msg) => Failure.Invalid(FieldError.InBody("records", msg));
}

/// <summary>What an external scan was asked to do.</summary>
/// <param name="Name">What the rows are called.</param>
internal sealed record ExternalScanSettings(long ContainerId, string ContainerName, string Name, IReadOnlyList<JsonElement> Records)
{
    public static ExternalScanSettings Parse(string json) => JsonSerializer.Deserialize<ExternalScanSettings>(json, Json.Options)!;
}
