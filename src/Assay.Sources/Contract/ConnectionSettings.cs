using System.Text.Json;
using Assay.Engine.Secrets;

namespace Assay.Sources.Contract;

/// <summary>
/// What a connection says about where data lives and how to sign in: the fields of the reference's connection object,
/// with secrets resolved. Which of them a connector needs, its <see cref="ConnectorSpec"/> says.
/// </summary>
public sealed record ConnectionSettings
{
    /// <summary>The connector's type, such as <c>postgresql</c> or <c>s3</c>.</summary>
    public required string Type { get; init; }
    public string? Host { get; init; }
    public int? Port { get; init; }
    public string? Username { get; init; }
    public Secret? Password { get; init; }
    public Secret? Passphrase { get; init; }
    public string? Uri { get; init; }
    public string? AccessKey { get; init; }
    public Secret? SecretKey { get; init; }
    public string? Catalog { get; init; }
    public string? CatalogType { get; init; }
    /// <summary>Free-form settings by name; each connector accepts an allow-list of them.</summary>
    public IReadOnlyDictionary<string, JsonElement> Parameters { get; init; } = new Dictionary<string, JsonElement>();
    /// <summary>Those of the parameters that the connector's specification (or their very name) marks as secret; they never stand in <see cref="Parameters"/>.</summary>
    public IReadOnlyDictionary<string, Secret> SecretParameters { get; init; } = new Dictionary<string, Secret>();
    /// <summary>Rows fetched per round trip; null leaves it to the connector.</summary>
    public int? FetchSize { get; init; }
    /// <summary>Most reads side by side on this connection; null or 0 leaves it to the connector.</summary>
    public int? MaxParallelization { get; init; }
}
