using System.Text.Json;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Dremio;

/// <summary>Types as results tell them: a name with digits and members beside it.</summary>
internal static class DremioTypes
{
    /// <summary>The type as SQL spells it.</summary>
    public static string Native(JsonElement type) => type.TextAt("name") switch
    {
        "DECIMAL" => $"DECIMAL({type.TextAt("precision")},{type.TextAt("scale")})",
        "LIST" => $"LIST<{string.Join(", ", type.ItemsAt("subSchema").Select(item => Native(item.At("type"))))}>",
        "STRUCT" => $"STRUCT<{string.Join(", ", type.ItemsAt("subSchema").Select(member => $"{member.TextAt("name")} {Native(member.At("type"))}"))}>",
        var name => name ?? "",
    };
}
