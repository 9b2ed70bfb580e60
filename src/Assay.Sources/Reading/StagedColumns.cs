using Assay.Engine;
using Assay.Engine.Staging;
using Assay.Sources.Contract;

namespace Assay.Sources.Reading;

/// <summary>
/// The columns of a staged read: how they are staged, and as what they are given out. Text that may become a type of the engine does so
/// only when one look at all staged values says that each fits, so that nothing arrives changed.
/// </summary>
internal sealed class StagedColumns(IReadOnlyList<StagedColumn> columns, ContainerRead read)
{
    private const string PartitionColumn = "assay_partition";
    /// <summary>What a table that was almost empty when it was last looked at may have grown to.</summary>
    private const long Least = 1L << 20;

    /// <summary>The staging table's columns; the partition is the last, where it was asked for.</summary>
    public IReadOnlyList<EngineColumn> OfEngine { get; } =
    [
        .. columns.Select(c => new EngineColumn(c.Name, c.Type)),
        .. read.PartitionColumn is null ? Array.Empty<EngineColumn>() : [new(PartitionColumn, "Nullable(String)")],
    ];

    /// <summary>What all rows of the container take about in the engine's memory; null where nobody knows how many there are.</summary>
    public long? Bytes => read.Container.Rows is { } rows && read.Query is null ? (long)(rows * (read.Share ?? 1) * RowSize.Of(OfEngine.Select(c => c.Type))) + Least : null;

    /// <summary>The engine's types of the fields that are given out, by their names, where none of them waits for a look at the values; null otherwise.</summary>
    public IReadOnlyDictionary<string, string>? Types => read.Text || columns.All(c => c.Conversion is null) ? columns.ToDictionary(c => c.Field.Name, c => c.Type) : null;

    /// <summary>The fields that a read asks for, in its order.</summary>
    /// <exception cref="SourceException">It asks for one that the container does not have.</exception>
    public static IEnumerable<FieldStructure> Chosen(ContainerRead read, string step)
    {
        if (read.Columns is null) return read.Container.Fields;
        var known = read.Container.Fields.ToDictionary(f => f.Name, StringComparer.Ordinal);
        return read.Columns.Select(name => known.GetValueOrDefault(name)
            ?? throw new SourceException(new SourceFault(SourceFaultCode.InvalidSettings, step, $"'{read.Container.Name}' has no field '{name}'.")));
    }

    /// <summary>Writes the SELECT on the staging table, having looked at what is in it.</summary>
    public async Task<string> SelectAsync(IEngine engine, string table, CancellationToken cancel)
    {
        var surveyed = read.Text ? [] : columns.Where(c => c.Conversion is not null).ToList();
        var figures = new Queue<object?>();
        if (surveyed.Count > 0)
            await foreach (var row in engine.QueryAsync($"SELECT {string.Join(", ", surveyed.SelectMany(c => c.Conversion!.Survey(c.Name)))} FROM {table}", cancel))
                foreach (var value in row.Values) figures.Enqueue(value);
        var parts = columns.Select(c => $"{(surveyed.Contains(c) ? Converted(c) : c.Name)} AS {EngineName.Quote(c.Field.Name)}").ToList();
        if (read.PartitionColumn is not null) parts.Add($"assumeNotNull({PartitionColumn}) AS {EngineName.Quote(read.PartitionColumn)}");
        return $"SELECT {string.Join(", ", parts)} FROM {table}";

        string Converted(StagedColumn column)
        {
            var seen = Enumerable.Range(0, column.Conversion!.Figures).Select(_ => figures.Dequeue()).ToArray();
            return column.Conversion.Convert(column.Name, seen) ?? column.Name;
        }
    }
}
