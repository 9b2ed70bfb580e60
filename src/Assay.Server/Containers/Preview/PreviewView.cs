using System.Text.Json.Nodes;

namespace Assay.Server.Containers.Preview;

/// <summary>The first rows of a container, as its source has them now.</summary>
/// <param name="ContainerId">The container.</param>
/// <param name="Fields">The fields shown, in order; excluded ones are left out.</param>
/// <param name="Rows">
/// One object a row, by field name. Numbers are exact; NaN and infinities come as text, times in ISO 8601 UTC, bytes that are no
/// text in hexadecimal, values of masked fields as <c>***MASKED***</c>.
/// </param>
internal sealed record PreviewView(long ContainerId, IReadOnlyList<PreviewField> Fields, IReadOnlyList<JsonObject> Rows);

/// <summary>The same as text.</summary>
/// <param name="SourceRecords">A JSON array of objects by field name; null where there is no row.</param>
internal sealed record SourceRecordsView(string? SourceRecords)
{
    public static SourceRecordsView Of(PreviewView view) =>
        new(view.Rows.Count == 0 ? null : new JsonArray([.. view.Rows]).ToJsonString(Web.Json.Options));
}

/// <param name="Type">The platform's type: Integral, Fractional, Boolean, String, Date, Timestamp, Array, Struct, Unknown.</param>
internal sealed record PreviewField(string Name, string Type);
