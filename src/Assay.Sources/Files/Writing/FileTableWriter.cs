using Assay.Engine;
using Assay.Sources.Contract;
using Assay.Sources.Files.Grouping;
using Assay.Sources.Files.Paths;
using Assay.Sources.Files.Stores;
using Assay.Sources.Writing;

namespace Assay.Sources.Files.Writing;

/// <summary>
/// Tables as folders of Parquet files, one a batch: <c>root/table/part-batch.parquet</c>. A store makes a whole file visible at once or not
/// at all, and a batch has one name, so that a batch written twice is there once. Columns that came later are missing in older files; readers
/// go by the names.
/// </summary>
internal sealed class FileTableWriter(OpenedStore opened, RootPath root, IEngine engine) : ITableWriter
{
    private const string Prefix = "part-", Extension = ".parquet";
    // They would be most of the file, and half of the work.
    private const string BloomFilters = "output_format_parquet_write_bloom_filter";

    public Task PrepareAsync(TableShape table, CancellationToken cancel)
    {
        table.Check(WriteSteps.Prepare, ProblemOf);
        return Task.CompletedTask;
    }

    public async Task<bool> AppendAsync(TableShape table, string batch, RowBatch rows, CancellationToken cancel)
    {
        table.Check(WriteSteps.Append, ProblemOf);
        var key = KeyOf(table.Name, batch);
        if (await IsThereAsync(key, cancel)) return false;
        await WriteAsync(table, key, rows, cancel);
        return true;
    }

    public async Task<bool> ReplaceAsync(TableShape table, string batch, RowBatch rows, CancellationToken cancel)
    {
        table.Check(WriteSteps.Append, ProblemOf);
        var key = KeyOf(table.Name, batch);
        var written = !await IsThereAsync(key, cancel);
        if (written) await WriteAsync(table, key, rows, cancel);
        // Also where it was there: what wrote it may have been interrupted before this.
        await DeleteAsync(table.Name, key, cancel);
        return written;
    }

    public Task DropAsync(string table, CancellationToken cancel) => DeleteAsync(table, null, cancel);

    /// <summary>All files of a table, with its columns as they are now; older files that lack one have NULLs there.</summary>
    public static ContainerStructure ContainerOf(TableShape table)
    {
        var folder = $"{FileSegment.Of(table.Name)}/";
        return new ContainerStructure
        {
            Name = table.Name,
            Kind = ContainerKind.File,
            File = new FileStructure("parquet", $"{GlobPattern.Escape(folder)}{Prefix}*{Extension}", folder, "parquet"),
            Fields = [.. table.Columns.Select((column, i) => new FieldStructure(column.Name, i + 1, EngineTypeNames.FieldTypeOf(column), EngineTypeNames.Bare(column), true))],
        };
    }

    public ValueTask DisposeAsync()
    {
        opened.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task WriteAsync(TableShape table, string key, RowBatch rows, CancellationToken cancel)
    {
        // Parquet's directory comes last and stores want to know the length first, so that a batch lies on the local disk in between.
        var spool = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await using (var source = await rows.OpenAsync(table, engine, cancel))
            await using (var parquet = await engine.DownloadAsync(source.Query(source.Sql).WithSetting(BloomFilters, 0), "Parquet", cancel))
            await using (var file = new FileStream(spool, FileMode.CreateNew, FileAccess.Write))
                await parquet.CopyToAsync(file, cancel);
            await opened.Store.WriteAsync(key, () => File.OpenRead(spool), cancel);
        }
        finally
        {
            File.Delete(spool);
        }
    }

    private async Task<bool> IsThereAsync(string key, CancellationToken cancel)
    {
        await foreach (var file in opened.Store.ListAsync(key, 1, true, cancel)) return file.Key == key;
        return false;
    }

    private async Task DeleteAsync(string table, string? except, CancellationToken cancel)
    {
        var folder = FolderOf(table);
        var old = new List<string>();
        await foreach (var file in opened.Store.ListAsync(folder + Prefix, null, false, cancel))
            if (file.Key != except && file.Key.EndsWith(Extension, StringComparison.Ordinal)) old.Add(file.Key);
        foreach (var key in old) await opened.Store.DeleteAsync(key, cancel);
    }

    private string KeyOf(string table, string batch) => $"{FolderOf(table)}{Prefix}{FileSegment.Of(batch)}{Extension}";

    private string FolderOf(string table) => $"{root.Prefix}{FileSegment.Of(table)}/";

    private static string? ProblemOf(string name) => name.Length == 0 ? "A name must not be empty." : null;
}
