using System.Text;
using System.Text.Json;
using Assay.Server.Masking;
using Assay.Sources.Writing;

namespace Assay.Server.Enrichment.Remediation;

/// <summary>Kept records as rows of a remediation table, in one pass over their bytes.</summary>
internal sealed class RemediationRow(IReadOnlyList<RemediationColumn> columns)
{
    private readonly byte[][] names = [.. columns.Select(c => Encoding.UTF8.GetBytes(c.Field))];
    private byte[] input = [];

    /// <summary>Not to be called by two threads at once.</summary>
    public object?[] Of(string record, string? partition, string anomaly)
    {
        var row = new object?[columns.Count + 2];
        if (input.Length < Encoding.UTF8.GetMaxByteCount(record.Length)) input = new byte[Encoding.UTF8.GetMaxByteCount(record.Length)];
        var reader = new Utf8JsonReader(input.AsSpan(0, Encoding.UTF8.GetBytes(record, input)));
        reader.Read(); // the object's beginning
        for (var next = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName;)
        {
            var place = Find(ref reader, next);
            reader.Read();
            if (place >= 0)
            {
                row[place] = Cell(columns[place], ref reader);
                next = place + 1;
            }
            else reader.Skip();
        }
        row[^2] = partition;
        row[^1] = anomaly;
        return row;
    }

    /// <summary>The place of a member, most likely the next one: records have the fields in their order.</summary>
    private int Find(ref Utf8JsonReader reader, int next)
    {
        if (next < names.Length && reader.ValueTextEquals(names[next])) return next;
        for (var i = 0; i < names.Length; i++)
            if (reader.ValueTextEquals(names[i])) return i;
        return -1;
    }

    // A column of numbers or times cannot hold the mask.
    private object? Cell(RemediationColumn column, ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        var text = Text(ref reader);
        return column.Masked ? column.Column.Type == TableType.Text ? Mask.Text : null : RemediationValue.Of(column.Column, text);
    }

    private string Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String) return reader.GetString()!;
        if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject)) return Encoding.UTF8.GetString(reader.ValueSpan);
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return Encoding.UTF8.GetString(input.AsSpan(start, (int)reader.BytesConsumed - start));
    }
}
