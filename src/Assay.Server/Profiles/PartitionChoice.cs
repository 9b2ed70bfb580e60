using Assay.Quality.Profiling;
using Assay.Server.Containers;
using Assay.Server.Reading;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Profiles;

/// <summary>
/// Where neither a user nor a sync found a field to cut a table into parts by, its values may tell: whole numbers, days or moments of
/// which every row has one of its own.
/// </summary>
internal static class PartitionChoice
{
    public static async Task ApplyAsync(AssayDb db, StoredContainer stored, ContainerFields found, CancellationToken cancel)
    {
        if (stored.Row.ContainerType == "file" || Of(found) is not { } field) return;
        // In the database's own present tense: a user may have chosen while the profile ran.
        await db.Set<Container>().Where(c => c.Id == stored.Row.Id && c.PartitionField == null && !c.UserSettings.Contains("partition_field,"))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.PartitionField, field), cancel);
    }

    internal static string? Of(ContainerFields found) => found.Rows == 0 ? null : found.Fields.FirstOrDefault(f =>
        f.Type is FieldKind.Integral or FieldKind.Date or FieldKind.Timestamp && f is { TypeDeclared: true, Completeness: 1, UniqueDistinctRatio: 1 })?.Name;
}
