using Assay.Engine;
using Assay.Server.Fields;
using Assay.Server.Masking;
using Assay.Server.Reading;
using Assay.Sources.Reading;

namespace Assay.Server.Operations.Materialize;

/// <summary>The rows of one copy: what is read of the container, and what of that is written.</summary>
internal sealed class CopiedRows : IAsyncDisposable
{
    private const string Partition = "_assay_partition";

    private EngineRows? rows;

    private CopiedRows(EngineRows rows, string sql, IReadOnlyList<CopiedColumn> columns) => (this.rows, Sql, Columns) = (rows, sql, columns);

    public EngineRows Rows => rows!;

    /// <summary>The rows that are copied, as the engine has them.</summary>
    public string Sql { get; private set; }

    /// <summary>In the order of the container's fields.</summary>
    public IReadOnlyList<CopiedColumn> Columns { get; }

    /// <summary>The SELECT that gives the table's columns.</summary>
    public string Select => $"SELECT {string.Join(", ", Columns.Select(c => $"{c.Sql} AS {EngineName.Quote(c.Column.Name)}"))} FROM ({Sql}) AS {CopiedColumn.Row}";

    /// <param name="shown">The fields whose values are copied; of the others nothing is even asked for.</param>
    /// <param name="text">Whether values of schemaless files are taken as they are written.</param>
    public static async Task<CopiedRows> OpenAsync(
        ContainerReader reader, IEngine engine, StoredContainer stored, IReadOnlyList<Field> shown, long most, bool text, IProgress<long> progress, CancellationToken cancel)
    {
        var byPartition = most > 0 && stored.Row.ContainerType == "file";
        string[] names = shown.Count > 0 ? [.. shown.Select(f => f.Name)] : [stored.Readable[0].Name];
        var rows = await reader.OpenAsync(stored, read => read with
        {
            Columns = names,
            Text = text,
            PartitionColumn = byPartition ? Partition : null,
            RowLimit = most > 0 && !byPartition ? most : null,
        }, cancel, progress);
        try
        {
            var limited = most < 0 ? rows.Sql : byPartition ? $"SELECT * FROM ({rows.Sql}) LIMIT {most} BY {EngineName.Quote(Partition)}" : $"SELECT * FROM ({rows.Sql}) LIMIT {most}";
            var sql = $"SELECT {EngineName.List(names)} FROM ({limited})";
            var types = (await engine.ListAsync(rows.Query($"DESCRIBE ({sql})"), cancel)).ToDictionary(r => r.GetText(0)!, r => r.GetText(1)!, StringComparer.Ordinal);
            return new CopiedRows(rows, sql, [.. stored.Readable.Select(f =>
                shown.Contains(f) ? CopiedColumn.Of(f.Name, types[f.Name]) : CopiedColumn.Constant(f.Name, Mask.Text))]);
        }
        catch
        {
            await rows.DisposeAsync();
            throw;
        }
    }

    /// <summary>Brings the rows into a table of the engine: from then on they can be read to their end.</summary>
    public async Task StageAsync(IEngine engine, CancellationToken cancel)
    {
        if (Rows.IsStaged) return;
        var read = EngineRows.Over(Sql, [Rows]);
        rows = null; // they are released in any case
        rows = await read.StageAsync(engine, cancel);
        Sql = rows.Sql;
    }

    public ValueTask DisposeAsync() => rows?.DisposeAsync() ?? ValueTask.CompletedTask;
}
