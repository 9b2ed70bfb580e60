using System.Runtime.CompilerServices;
using Assay.Server.Store;
using Assay.Sources.Writing;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.Export.Assets;

/// <summary>Things with an id, exported in the order of their ids; memory holds one portion.</summary>
internal abstract class ExportAsset<T>(IDbContextFactory<AssayDb> contexts, string name, string table, IReadOnlyList<ExportColumn<T>> columns) : IExportAsset
{
    private const int Portion = 500;

    public string Name => name;

    public string Table => table;

    public IReadOnlyList<TableColumn> Columns { get; } = [.. columns.Select(c => new TableColumn(c.Name, c.Type))];

    public async IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync(ExportScope scope, [EnumeratorCancellation] CancellationToken cancel)
    {
        var last = 0L;
        while (true)
        {
            IReadOnlyList<(long Id, T Item)> portion;
            // A context for each: it would hold on to its connection, and on PostgreSQL to an open read, while a slow store writes.
            await using (var db = await contexts.CreateDbContextAsync(cancel)) portion = await ReadAsync(db, scope, last, Portion, cancel);
            foreach (var (_, item) in portion) yield return [.. columns.Select(c => c.Value(item))];
            if (portion.Count < Portion) yield break;
            last = portion[^1].Id;
        }
    }

    /// <summary>The next things behind an id, so many of them unless there are no more.</summary>
    protected abstract Task<IReadOnlyList<(long Id, T Item)>> ReadAsync(AssayDb db, ExportScope scope, long after, int count, CancellationToken cancel);
}

/// <param name="Value">A text, a number, a truth value or a time; null for none.</param>
internal sealed record ExportColumn<T>(string Name, TableType Type, Func<T, object?> Value);
