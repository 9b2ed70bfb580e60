using System.Globalization;
using Assay.Engine;
using Assay.Sources.Contract;
using Assay.Sources.Reading;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Queries;

namespace Assay.Sources.ClickHouse;

/// <summary>Reads a table of a ClickHouse server: its rows travel in ClickHouse's own binary form, untouched from there to the engine.</summary>
internal sealed class ClickHouseReads(Func<ClickHouseServer> open, SqlPlace place)
{
    public static readonly QueryLexis Lexis = new(HashComments: true);

    public EngineSource Describe(ContainerRead read)
    {
        var columns = StagedColumns.Chosen(read, SqlSteps.Rows).Select((field, i) => (Field: field, Staged: $"c{i}", Travel: ClickHouseTypes.Travel(EngineName.Quote(field.Name), field.NativeType))).ToList();
        var staged = new StagedColumns([.. columns.Select(c => new StagedColumn(c.Field, c.Staged, c.Travel.Staged))], read);
        string[] parts = [.. columns.Select(c => c.Travel.Expression), .. read.PartitionColumn is null ? [] : new[] { $"CAST({EngineLiteral.Quote(read.Container.Name)} AS Nullable(String))" }];
        var select = $"SELECT {(parts.Length == 0 ? "1" : string.Join(", ", parts))} FROM {Relation(read)}{Where(read)}"
            + (read.RowLimit is { } limit ? $" LIMIT {limit.ToString(CultureInfo.InvariantCulture)}" : "");
        return new StagedSource(staged.OfEngine, "RowBinary", new Dictionary<string, object>(), (output, cancel) => CopyAsync(select, output, cancel), staged.SelectAsync);
    }

    public string Count(ContainerRead read) => $"SELECT count() FROM {Relation(read)}";

    private string Relation(ContainerRead read) => read.Query is { } query ? QueryText.Relation(query, Lexis) : EngineName.Quote(place.Database!, read.Container.Name);

    private static string Where(ContainerRead read)
    {
        var conditions = new List<string>();
        if (read.After is { Field: { } name, Value: { } value }) conditions.Add(Behind(read, name, value));
        if (read.Share is { } share) conditions.Add($"rand() < {((long)(share * uint.MaxValue)).ToString(CultureInfo.InvariantCulture)}");
        return RowConditions.Where(conditions);
    }

    private static string Behind(ContainerRead read, string name, object value)
    {
        var field = read.Container.Fields.FirstOrDefault(f => f.Name == name)
            ?? throw new SourceException(new SourceFault(SourceFaultCode.InvalidSettings, SqlSteps.Rows, $"'{read.Container.Name}' has no field '{name}'."));
        return $"{EngineName.Quote(field.Name)} > " + value switch
        {
            // The column's own zone would be taken for a text's.
            DateTimeOffset time => $"toDateTime({time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)})",
            DateOnly day => $"toDate('{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}')",
            string text => EngineLiteral.Quote(text),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new SourceException(new SourceFault(SourceFaultCode.InvalidSettings, SqlSteps.Rows, "The incremental bound is neither a number nor a time.")),
        };
    }

    private async Task CopyAsync(string select, Stream output, CancellationToken cancel)
    {
        using var server = open();
        try
        {
            await using var rows = await server.Client.DownloadAsync(server.Limited(select).In(place.Database!), "RowBinary", cancel);
            await rows.CopyToAsync(output, 1 << 16, cancel);
        }
        catch (EngineException e) when (!cancel.IsCancellationRequested)
        {
            throw new SourceException(ClickHouseFaults.Of(e, SqlSteps.Rows, place), e);
        }
    }
}
