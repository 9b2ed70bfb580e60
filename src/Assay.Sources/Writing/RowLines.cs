using System.Globalization;
using Assay.Sources.Reading;

namespace Assay.Sources.Writing;

/// <summary>
/// Takes the rows of a write, cell by cell in the order of the table's columns, and spells them as the tab-separated text that both the engine and
/// PostgreSQL's COPY read. Bytes go through as bytes: there may be millions of rows.
/// </summary>
/// <param name="send">Takes the bytes of whole rows.</param>
/// <param name="columns">Of the table.</param>
/// <param name="zeroBytes">Whether texts may keep zero bytes; they become U+FFFD where not.</param>
public sealed class RowLines(Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> send, int columns, bool zeroBytes)
{
    private readonly TsvRows rows = new(send);
    private int cells;

    /// <summary>Whether so much waits that it is time to flush.</summary>
    public bool IsFull => rows.IsFull;

    /// <summary>Sends what waits; to be called between rows.</summary>
    public ValueTask FlushAsync(CancellationToken cancel) =>
        cells == 0 ? rows.FlushAsync(cancel) : throw new InvalidOperationException("A row has begun and not ended.");

    /// <exception cref="ArgumentException">The row has not as many values as the table has columns.</exception>
    public void EndRow()
    {
        if (cells != columns) throw new ArgumentException($"A row has {cells} values, its table has {columns} columns.");
        cells = 0;
        rows.EndRow();
    }

    public void Null()
    {
        Next();
        rows.Null();
    }

    /// <param name="utf8">What is no UTF-8 in it becomes U+FFFD.</param>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        if (!zeroBytes && utf8.Contains((byte)0)) Text(System.Text.Encoding.UTF8.GetString(utf8));
        else
        {
            Next();
            rows.Text(utf8);
        }
    }

    public void Text(string? text)
    {
        Next();
        if (text is null) rows.Null();
        else rows.Text(zeroBytes ? text : CellText.WithoutZeroBytes(text));
    }

    /// <summary>A number or a time that is spelled already as both readers want it.</summary>
    public void Bare(ReadOnlySpan<byte> ascii)
    {
        Next();
        rows.Bare(ascii);
    }

    public void Number(long number) => Format(number, 20, default);

    public void Number(double number)
    {
        if (double.IsFinite(number)) Format(number, 32, "R");
        else Text(CellText.Of(number));
    }

    /// <param name="time">UTC.</param>
    public void Time(DateTime time) => Format(time, CellText.Time.Length, CellText.Time);

    public void Day(DateOnly day) => Format(day, CellText.Day.Length, CellText.Day);

    /// <summary>Any value that <see cref="CellText"/> has a text for.</summary>
    /// <exception cref="ArgumentException">There is no text for such a value.</exception>
    public void Value(object? value) => Text(CellText.Of(value));

    /// <summary>Spells values that come in many rows, so that it is done once.</summary>
    public RowCells Spell(params ReadOnlySpan<object?> values)
    {
        var spelled = new RowLines(send, values.Length, zeroBytes);
        foreach (var value in values) spelled.Value(value);
        return new RowCells(spelled.rows.Waiting.ToArray(), values.Length);
    }

    public void Cells(RowCells spelled)
    {
        Next();
        cells += spelled.Count - 1;
        rows.Bare(spelled.Bytes.Span);
    }

    private void Format<T>(T value, int most, ReadOnlySpan<char> format) where T : IUtf8SpanFormattable
    {
        Next();
        if (!value.TryFormat(rows.Place(most), out var length, format, CultureInfo.InvariantCulture)) throw new InvalidOperationException("There was not enough room for a value.");
        rows.Advance(length);
    }

    private void Next()
    {
        if (cells++ > 0) rows.Separate();
    }
}

/// <summary>Cells as they stand in lines.</summary>
public readonly record struct RowCells(ReadOnlyMemory<byte> Bytes, int Count);
