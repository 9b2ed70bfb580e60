using Assay.Engine;
using Assay.Sources.Contract;
using Assay.Sources.Files.Gateway;
using Assay.Sources.Files.Schema.Text;
using Assay.Sources.Files.Stores;
using Assay.Sources.Reading;

namespace Assay.Sources.Files.Reading;

/// <summary>
/// CSV and its kin. The engine reads what its own CSV can express; other encodings, backslash escapes, ragged records and
/// headers with odd names go through Assay's reader into a staging table.
/// </summary>
internal static class DelimitedReads
{
    /// <param name="reopen">Opens the store again, for rows that are streamed when the source is opened.</param>
    /// <param name="open">Opens the engine's way to the files.</param>
    public static async Task<EngineSource> DescribeAsync(
        IFileStore store, Func<OpenedStore> reopen, Func<CancellationToken, Task<EngineRoute>> open, ReadPlan plan, CancellationToken cancel)
    {
        var dialect = new Dialect(plan.File.Delimiter is [var d] ? d : ',', plan.File.EscapeCharacter is [var e] ? e : '"');
        var newest = plan.Files.MaxBy(f => f.Modified)!;
        var (sample, problem) = await DelimitedSample.ReadAsync(store, newest, plan.File.Format, dialect, null, cancel);
        if (sample is null) throw new SourceException(new SourceFault(SourceFaultCode.SourceError, FileSteps.Read, $"{plan.PartitionOf(newest)}: {problem}"));
        var header = plan.File.HasHeader ?? true;
        return IsPlain(sample, plan, header)
            ? Native(open, plan, dialect, header, sample.Head.Packed)
            : StagedRows.Of(plan, async (writer, stop) =>
            {
                using var opened = reopen();
                await DelimitedRows.CopyAsync(opened.Store, plan, dialect, header, writer, stop);
            });
    }

    private static bool IsPlain(DelimitedSample sample, ReadPlan plan, bool header) =>
        sample.Text.Encoding == "utf-8" && sample.Dialect.Escape == '"'
        && sample.Records.All(r => r.Count == sample.Records[0].Count)
        && !HasEmptyLine(sample.Text.Text)
        && (header ? NamesStand(sample.Records[0], plan) : PlacesStand(sample.Records[0], plan));

    private static bool HasEmptyLine(string text) => text.AsSpan().TrimEnd("\r\n").ContainsAny(EmptyLines) || text.StartsWith('\n') || text.StartsWith("\r\n", StringComparison.Ordinal);

    private static readonly System.Buffers.SearchValues<string> EmptyLines = System.Buffers.SearchValues.Create(["\n\n", "\n\r\n", "\r\r"], StringComparison.Ordinal);

    /// <summary>The engine matches columns by the header's names, so these have to be the fields' names.</summary>
    private static bool NamesStand(IReadOnlyList<Cell> header, ReadPlan plan)
    {
        var given = header.Select(c => c.Text).ToList();
        return ColumnNames.From(given, given.Count).SequenceEqual(given)
            && !given.Where((name, i) => !plan.Known.Contains(name) && plan.Known.Contains(ColumnNames.At(i + 1))).Any();
    }

    /// <summary>Without a header it matches them by position, so all have to have a place.</summary>
    private static bool PlacesStand(IReadOnlyList<Cell> record, ReadPlan plan) =>
        record.Count == plan.ByPosition.Count && plan.Chosen.All(f => plan.ByPosition.Contains(f.Name));

    private static RoutedSource Native(Func<CancellationToken, Task<EngineRoute>> open, ReadPlan plan, Dialect dialect, bool header, bool packed)
    {
        var columns = header ? plan.Fields : [.. plan.ByPosition.Select(name => plan.Fields.FirstOrDefault(f => f.Name == name) ?? Unread(name))];
        var structure = ColumnTypes.Structure(columns, plan.Read.Text ? _ => "Nullable(String)" : ColumnTypes.Inferred);
        return FileSelect.Over(
            open, plan, string.Join(", ", plan.Chosen.Select(f => Column(f, plan.Read))), header ? "CSVWithNames" : "CSV", structure, packed ? "gzip" : null,
            $"format_csv_delimiter = {EngineLiteral.Quote(dialect.Delimiter.ToString())}", "date_time_input_format = 'best_effort'",
            "input_format_csv_skip_trailing_empty_lines = 1", "input_format_csv_detect_header = 0", "input_format_skip_unknown_fields = 1", "input_format_csv_empty_as_default = 1",
            $"input_format_csv_allow_whitespace_or_tab_as_delimiter = {(dialect.Delimiter == '\t' ? 1 : 0)}");
    }

    /// <summary>A column that is there and that nobody reads.</summary>
    private static FieldStructure Unread(string name) => new(name, 0, FieldType.String, "String", null);

    private static string Column(FieldStructure field, ContainerRead read)
    {
        var name = EngineName.Quote(field.Name);
        return read.Empty switch
        {
            EmptyCells.Null when read.Text || ColumnTypes.IsText(field) => $"nullIf({name}, '') AS {name}",
            EmptyCells.Text when ColumnTypes.IsText(field) => $"ifNull({name}, '') AS {name}",
            _ => name,
        };
    }
}
