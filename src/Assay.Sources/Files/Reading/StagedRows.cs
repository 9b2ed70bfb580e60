using Assay.Engine;
using Assay.Sources.Contract;
using Assay.Sources.Reading;

namespace Assay.Sources.Files.Reading;

/// <summary>Rows of text that Assay parses itself: staged as text, given out as the fields' types.</summary>
internal static class StagedRows
{
    private const string PartitionName = "assay_partition";

    /// <param name="copy">Writes all rows with a <see cref="TextRowWriter"/>: the cells of the chosen fields, then the partition.</param>
    public static StagedSource Of(ReadPlan plan, Func<TextRowWriter, CancellationToken, Task> copy)
    {
        // Numbered, for a field may be called what the engine or the staging table reserves.
        EngineColumn[] columns = [.. plan.Chosen.Select((_, i) => new EngineColumn(Staged(i), "Nullable(String)")), new(PartitionName, "Nullable(String)")];
        return new StagedSource(
            columns, "RowBinary", new Dictionary<string, object>(),
            async (stream, cancel) =>
            {
                await using var writer = new TextRowWriter(stream, plan.Read.RowLimit);
                await copy(writer, cancel);
            },
            (_, table, _) => Task.FromResult($"SELECT {string.Join(", ", plan.Chosen.Select((f, i) => Column(f, i, plan.Read)))}{plan.PartitionAs($"assumeNotNull({PartitionName})")} FROM {table}"));
    }

    private static string Staged(int position) => $"c{position}";

    private static string Column(FieldStructure field, int position, ContainerRead read)
    {
        var text = read.Empty switch
        {
            EmptyCells.Null => $"nullIf({Staged(position)}, '')",
            EmptyCells.Text when ColumnTypes.IsText(field) => $"ifNull({Staged(position)}, '')",
            _ => Staged(position),
        };
        return $"{(read.Text ? text : Typed(text, ColumnTypes.Inferred(field)))} AS {EngineName.Quote(field.Name)}";
    }

    /// <summary>
    /// Reads text as a type and fails where it is none; a CAST to a nullable type would make it NULL without a word. NULL goes
    /// round the function, some of which look at what lies under it.
    /// </summary>
    private static string Typed(string text, string type) => type switch
    {
        "Nullable(Int64)" => NullOr(text, "0", value => $"toInt64({value})"),
        "Nullable(Int128)" => NullOr(text, "0", value => $"toInt128({value})"),
        "Nullable(Float64)" => NullOr(text, "0", value => $"toFloat64({value})"),
        "Nullable(Bool)" => NullOr(text, "false", value => $"CAST({value}, 'Bool')"),
        "Nullable(Date32)" => NullOr(text, "1970-01-01", value => $"toDate32({value})"),
        "Nullable(DateTime64(6, 'UTC'))" => NullOr(text, "1970-01-01 00:00:00", value => $"parseDateTime64BestEffort({value}, 6, 'UTC')"),
        _ => text,
    };

    private static string NullOr(string text, string stand, Func<string, string> convert) =>
        $"if(isNull({text}), NULL, {convert($"ifNull({text}, '{stand}')")})";
}
