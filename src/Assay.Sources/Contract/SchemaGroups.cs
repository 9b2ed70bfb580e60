namespace Assay.Sources.Contract;

/// <summary>Containers of many schemas in one stream: their schema stands in front of their name until they are told apart here.</summary>
internal static class SchemaGroups
{
    /// <summary>No name can have it.</summary>
    private const char Between = '\0';

    public static string Name(string schema, string container) => $"{schema}{Between}{container}";

    /// <summary>The schema of such a name; empty where there is none in front.</summary>
    public static string SchemaOf(string name) => name.IndexOf(Between) is >= 0 and var end ? name[..end] : "";

    /// <summary>Closes each schema when the next begins, and at the end those of which nothing came.</summary>
    /// <param name="containers">Schema by schema.</param>
    /// <param name="schemas">All that were found: the source's spelling, and the one that was asked for.</param>
    public static async IAsyncEnumerable<SharedListingItem> ItemsAsync(IAsyncEnumerable<ContainerStructure> containers, IReadOnlyDictionary<string, string> schemas)
    {
        var open = new HashSet<string>(schemas.Keys, StringComparer.Ordinal);
        string? current = null;
        await foreach (var container in containers)
        {
            var schema = SchemaOf(container.Name);
            if (current is not null && current != schema && open.Remove(current)) yield return new SharedListingItem(schemas[current], null);
            current = schema;
            if (open.Contains(schema)) yield return new SharedListingItem(schemas[schema], container with { Name = container.Name[(schema.Length + 1)..] });
        }
        foreach (var schema in open) yield return new SharedListingItem(schemas[schema], null);
    }
}
