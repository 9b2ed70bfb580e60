using System.Text.Json.Serialization;

namespace Assay.Server.Web.Requests;

/// <summary>A request body. Remembers which members the client sent, so that partial updates can tell "absent" from "null".</summary>
internal abstract record JsonRequest
{
    [JsonIgnore]
    internal IReadOnlySet<string> SentNames { get; set; } = new HashSet<string>();

    /// <summary>Where in the request the object stood, such as <c>body, connection</c>: the start of <c>loc</c> in errors about it.</summary>
    [JsonIgnore]
    internal IReadOnlyList<object> Loc { get; set; } = ["body"];

    /// <summary>Whether the client sent this member at all, null included. Pass <c>nameof</c> of the property.</summary>
    internal bool Sent(string property) => SentNames.Contains(property);
}

/// <summary>A request that is shown the members it does not declare, for clients that put them in the wrong place.</summary>
internal interface IKeepUnknown
{
    void Keep(string name, System.Text.Json.JsonElement value);
}
