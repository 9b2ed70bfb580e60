using Assay.Server.Datastores.Reads;
using Assay.Server.Identity;
using Assay.Server.Store.Reads;

namespace Assay.Server.Tags;

/// <summary>Counts how often each tag is used.</summary>
internal sealed class TagUses(StoreReads reads)
{
    public async Task<List<TagUse>> CountAsync(Caller caller, CancellationToken cancel)
    {
        var visible = Visibility.Of(caller);
        var sql = $"""
            {visible.With()}
            SELECT t.created, t.id, t.type, t.name, t.color, t.description, t.category, t.weight_modifier,
                (SELECT COUNT(*) FROM datastore_tags dt JOIN datastores d ON d.id = dt.datastore_id
                 WHERE dt.tag_id = t.id AND d.deleted IS NULL AND {visible.Condition("d")}),
                t.parent_lineage_tag_id
            FROM tags t ORDER BY t.name
            """;
        return await reads.ReadAsync(sql, visible.AddTo(new SqlArguments()), rows =>
        {
            var uses = new List<TagUse>();
            while (rows.Read())
            {
                var row = new RowCursor(rows);
                uses.Add(new TagUse(row.Time(), row.Number(), row.Text(), row.Text(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.Number(), row.Number())
                {
                    ParentLineageTagId = row.NumberOrNull(),
                });
            }
            return uses;
        }, cancel);
    }
}
