using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Server.Store;
using Assay.Sources.Writing;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Enrichment.Tables;

/// <summary>Remembers which tables Assay has written where, and with which columns: for listings, for reading them, for dropping them, and to tell a column whose type has changed.</summary>
internal sealed class WrittenTables(IDbContextFactory<AssayDb> contexts, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Format = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>The columns that a table has got so far; none where it is new.</summary>
    public async Task<IReadOnlyList<TableColumn>> ColumnsAsync(long targetId, string name, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Set<WrittenTable>().Where(t => t.TargetId == targetId && t.Name == name).Select(t => t.Columns).FirstOrDefaultAsync(cancel) is { } columns ? Parse(columns) : [];
    }

    /// <summary>Notes that a table is about to be written; columns that it had stay noted.</summary>
    public async Task NoteAsync(long targetId, TableOwner owner, TableShape table, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var now = clock.UtcNow();
        var micros = Microseconds.From(now);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO evidence_tables (target_id, datastore_id, container_id, name, label, columns, revealed, created, updated)
            VALUES ({targetId}, {owner.DatastoreId}, {owner.ContainerId}, {table.Name}, {owner.Label}, {"[]"}, {owner.Revealed}, {micros}, {micros})
            ON CONFLICT (target_id, name) DO UPDATE SET updated = excluded.updated
            """, cancel);
        var row = await db.Set<WrittenTable>().SingleAsync(t => t.TargetId == targetId && t.Name == table.Name, cancel);
        var known = Parse(row.Columns);
        (row.DatastoreId, row.ContainerId, row.Label, row.Revealed) = (owner.DatastoreId, owner.ContainerId, owner.Label, row.Revealed || owner.Revealed);
        row.Columns = JsonSerializer.Serialize(known.Concat(table.Columns.Where(c => known.All(k => k.Name != c.Name))), Format);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Notes whether a table whose rows have all been replaced holds values of masked fields now.</summary>
    public async Task NoteReplacedAsync(long targetId, string name, bool revealed, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await db.Set<WrittenTable>().Where(t => t.TargetId == targetId && t.Name == name).ExecuteUpdateAsync(set => set.SetProperty(t => t.Revealed, revealed), cancel);
    }

    /// <summary>Forgets tables that are dropped.</summary>
    public async Task ForgetAsync(long targetId, IReadOnlyCollection<string> names, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await db.Set<WrittenTable>().Where(t => t.TargetId == targetId && EF.Parameter(names).Contains(t.Name)).ExecuteDeleteAsync(cancel);
    }

    public static IReadOnlyList<TableColumn> Parse(string columns) => JsonSerializer.Deserialize<List<TableColumn>>(columns, Format)!;
}

/// <summary>Whose table it is.</summary>
/// <param name="ContainerId">The container whose rows it holds; null for tables about the whole source.</param>
/// <param name="Revealed">Whether it is written with values of masked fields as they are.</param>
internal sealed record TableOwner(long DatastoreId, long? ContainerId, string Label, bool Revealed = false);
