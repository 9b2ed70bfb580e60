using System.Text.Json;
using Assay.Sources.Contract;

namespace Assay.Sources.Postgres;

/// <summary>Reads the keys and partitions of a container, which the listing statement delivers as JSON.</summary>
internal static class PostgresParts
{
    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web);

    /// <param name="fields">The container's own fields by their number.</param>
    public static IReadOnlyList<KeyStructure> Keys(string text, IReadOnlyDictionary<short, string> fields) =>
    [
        .. JsonSerializer.Deserialize<Key[]>(text, json)!.Select(key => new KeyStructure(
            (KeyKind)key.Rank, key.Name, [.. key.Fields.Select(number => fields[number])])
        {
            ReferencedSchema = key.Schema,
            ReferencedContainer = key.Container,
            ReferencedFields = key.Referenced ?? [],
        }),
    ];

    public static IReadOnlyList<PartitionStructure> Partitions(string text) =>
        [.. JsonSerializer.Deserialize<Partition[]>(text, json)!.Select(p => new PartitionStructure(p.Name, p.Location, p.Size, Modified: null))];

    /// <param name="Rank">The number of its <see cref="KeyKind"/>.</param>
    private sealed record Key(int Rank, string Name, short[] Fields, string? Schema, string? Container, string[]? Referenced);

    private sealed record Partition(string Name, string Location, long? Size);
}
