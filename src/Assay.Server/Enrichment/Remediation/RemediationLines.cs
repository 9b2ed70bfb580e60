using System.Text;
using System.Text.Json;
using Assay.Server.Enrichment.Delivery;
using Assay.Server.Masking;
using Assay.Server.Store.Reads;
using Assay.Sources.Writing;

namespace Assay.Server.Enrichment.Remediation;

/// <summary>Kept records as rows of a remediation table, in one pass over their bytes.</summary>
/// <param name="whole">The partition of rows that say none.</param>
internal sealed class RemediationLines(IReadOnlyList<RemediationColumn> columns, string? whole, RowLines lines)
{
    /// <summary>What <see cref="Write"/> reads, of the tables <c>anomalies a</c> and <c>anomaly_source_records s</c>.</summary>
    public const string Columns = "a.uuid, a.partition, s.record";

    private readonly byte[][] names = [.. columns.Select(c => Encoding.UTF8.GetBytes(c.Field))];
    private readonly Piece[] pieces = new Piece[columns.Count];
    private readonly RowCells partition = lines.Spell(whole);
    private byte[] plain = [];

    public void Write(Utf8Row row)
    {
        var record = row.Text(2);
        Find(record);
        for (var i = 0; i < pieces.Length; i++) Cell(columns[i], pieces[i], record);
        lines.Text(row, 1, partition);
        lines.Text(row.Text(0));
    }

    /// <summary>Where in the record each column's value stands.</summary>
    private void Find(ReadOnlySpan<byte> record)
    {
        Array.Clear(pieces);
        var reader = new Utf8JsonReader(record);
        reader.Read(); // the object's beginning
        for (var next = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName;)
        {
            var place = Place(ref reader, next);
            reader.Read();
            var (start, kind, escaped) = ((int)reader.TokenStartIndex, reader.TokenType, reader.ValueIsEscaped);
            reader.Skip();
            if (place < 0) continue;
            pieces[place] = new Piece(kind, start, (int)reader.BytesConsumed, escaped);
            next = place + 1;
        }
    }

    /// <summary>The place of a member, most likely the next one: records have the fields in their order.</summary>
    private int Place(ref Utf8JsonReader reader, int next)
    {
        if (next < names.Length && reader.ValueTextEquals(names[next])) return next;
        for (var i = 0; i < names.Length; i++)
            if (reader.ValueTextEquals(names[i])) return i;
        return -1;
    }

    private void Cell(RemediationColumn column, Piece piece, ReadOnlySpan<byte> record)
    {
        if (piece.Kind is JsonTokenType.None or JsonTokenType.Null) lines.Null();
        // A column of numbers or times cannot hold the mask.
        else if (column.Masked) lines.Text(column.Column.Type == TableType.Text ? Mask.Text : null);
        else RemediationCell.Write(lines, column.Column, Text(piece, record[piece.Start..piece.End]), piece.Kind == JsonTokenType.Number);
    }

    private ReadOnlySpan<byte> Text(Piece piece, ReadOnlySpan<byte> json)
    {
        if (piece.Kind != JsonTokenType.String) return json;
        if (!piece.Escaped) return json[1..^1];
        if (plain.Length < json.Length) plain = new byte[json.Length];
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return plain.AsSpan(0, reader.CopyString(plain));
    }

    /// <summary>A value's place in the record, its quotes included.</summary>
    private readonly record struct Piece(JsonTokenType Kind, int Start, int End, bool Escaped);
}
