using Assay.Sources.Contract;

namespace Assay.Server.Operations.Sync;

/// <summary>
/// Which fields a container's later reads can go by, guessed from its structure: the one that grows with every change (incremental) and
/// the one to cut it into parts by. A user's choice always wins over a guess. The guess is careful: none is better than a wrong one,
/// which would make incremental reads miss rows.
/// </summary>
/// <param name="IncrementalType"><c>last-modified</c> for times, <c>batch-value</c> for numbers.</param>
internal sealed record FieldChoice(string? Incremental, string? IncrementalType, string? Partition)
{
    public const string LastModified = "last-modified";
    public const string BatchValue = "batch-value";

    private static readonly string[] changed =
        ["updated", "modified", "lastupdate", "lastmodified", "changed", "dateupdated", "datemodified", "timestampupdated", "sysmodtime", "systemmodstamp"];
    private static readonly string[] created = ["created", "inserted", "loaded", "ingested", "datecreated"];
    private static readonly string[] endings = ["", "at", "on", "date", "time", "datetime", "timestamp", "ts", "utc", "atutc"];

    public static FieldChoice Of(ContainerStructure container)
    {
        if (container.Kind == ContainerKind.File) return new(null, null, null); // files go by their own time of change
        var key = SingleKey(container);
        if (Timed(container, changed) is { } modified) return new(modified, LastModified, modified);
        if (key is { Type: FieldType.Integral }) return new(key.Name, BatchValue, key.Name);
        if (Timed(container, created) is { } made) return new(made, LastModified, made);
        return new(null, null, (key ?? container.Fields.FirstOrDefault(f => f.Nullable == false && Orders(f)))?.Name);
    }

    /// <summary>The field of the first primary or unique key that has just one, which orders and has no nulls.</summary>
    private static FieldStructure? SingleKey(ContainerStructure container) => container.Keys
        .Where(k => k.Kind is KeyKind.Primary or KeyKind.Unique && k.Fields.Count == 1).OrderBy(k => k.Kind)
        .Select(k => container.Fields.FirstOrDefault(f => f.Name == k.Fields[0]))
        .FirstOrDefault(f => f is { Nullable: false } && Orders(f));

    private static string? Timed(ContainerStructure container, string[] stems) => container.Fields
        .Where(f => f.Type == FieldType.Timestamp && endings.Any(e => stems.Any(s => s + e == Plain(f.Name))))
        .Select(f => f.Name).FirstOrDefault();

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static bool Orders(FieldStructure field) =>
        field.Type is FieldType.Integral or FieldType.Date or FieldType.Timestamp or FieldType.Fractional or FieldType.String;
}
