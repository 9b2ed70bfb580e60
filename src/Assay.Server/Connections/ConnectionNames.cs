using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Connections;

/// <summary>Names are unique, since clients look connections up by them; one that is left out is made from type and place.</summary>
internal static class ConnectionNames
{
    private const int Longest = 255;

    public static async Task<string> InventAsync(AssayDb db, Connection connection, CancellationToken cancel)
    {
        var place = connection.Host ?? PlaceOf(connection.Uri) ?? connection.Catalog;
        var stem = place is null ? connection.Type : $"{connection.Type}_{place}";
        if (stem.Length > Longest - 12) stem = stem[..(Longest - 12)];
        var taken = (await db.Set<Connection>().Where(c => c.Name.StartsWith(stem)).Select(c => c.Name).ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
        var name = stem;
        for (var number = 2; taken.Contains(name); number++) name = $"{stem}_{number}";
        return name;
    }

    public static Task<bool> IsTakenAsync(AssayDb db, string name, long? besides, CancellationToken cancel) =>
        db.Set<Connection>().AnyAsync(c => c.Name == name && c.Id != (besides ?? 0), cancel);

    private static string? PlaceOf(string? uri) => uri is null ? null
        : Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.Host.Length > 0 ? parsed.Host : null;
}
