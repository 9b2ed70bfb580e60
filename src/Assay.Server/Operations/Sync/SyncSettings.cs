using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Server.Web;
using Assay.Sources.Contract;

namespace Assay.Server.Operations.Sync;

/// <summary>What a sync was asked to do.</summary>
/// <param name="Include">Which kinds of containers to look at: <c>table</c>, <c>view</c>. What is left out is not touched.</param>
/// <param name="Prune">Drop known containers that the source no longer has.</param>
/// <param name="Recreate">Bring back containers that a user deleted and the source still has.</param>
internal sealed record SyncSettings(IReadOnlyList<string> Include, bool Prune, bool Recreate)
{
    public const string Table = "table";
    public const string View = "view";

    /// <summary>The same as a listing takes it.</summary>
    [JsonIgnore]
    public ListOptions Wanted => new(Include.Contains(Table), Include.Contains(View));

    public static SyncSettings Parse(string json)
    {
        var wish = JsonSerializer.Deserialize<Wish>(json, Json.Options) ?? new Wish(null, null, null);
        string[] include = wish.Include is { Count: > 0 } list ? [.. list.Distinct().Order(StringComparer.Ordinal)] : [Table, View];
        return new SyncSettings(include, wish.Prune ?? false, wish.Recreate ?? false);
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json.Options);

    private sealed record Wish(IReadOnlyList<string>? Include, bool? Prune, bool? Recreate);
}
