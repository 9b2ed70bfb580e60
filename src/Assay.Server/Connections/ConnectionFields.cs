using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Assay.Engine.Secrets;
using Assay.Server.Web.Requests;

namespace Assay.Server.Connections;

/// <summary>What a client can say about a connection besides its name and type. Which of it a type needs, its specification says.</summary>
internal abstract record ConnectionFields : JsonRequest, IKeepUnknown
{
    private readonly Dictionary<string, JsonElement> unknown = [];

    [Description("Host name or address of the source.")]
    [StringLength(255)]
    public string? Host { get; set; }

    [Description("Port of the source; the connector's usual one when left out.")]
    [Range(1, 65535)]
    public int? Port { get; set; }

    [StringLength(1024)]
    public string? Username { get; set; }

    [Description("Password, private key or access token. Write-only; absent or masked keeps what is stored, null clears it.")]
    [StringLength(100_000)]
    public Secret? Password { get; set; }

    [Description("Passphrase of the private key. Write-only.")]
    [StringLength(100_000)]
    public Secret? Passphrase { get; set; }

    [Description("Base URI of an object store, such as s3://bucket.")]
    [StringLength(2048)]
    public string? Uri { get; set; }

    [StringLength(1024)]
    public string? AccessKey { get; set; }

    [Description("Secret key of an object store. Write-only.")]
    [StringLength(100_000)]
    public Secret? SecretKey { get; set; }

    [StringLength(1024)]
    public string? Catalog { get; set; }

    [StringLength(255)]
    public string? CatalogType { get; set; }

    [Description("Settings that only some connectors have, by name. Replaces the stored object when sent.")]
    public IReadOnlyDictionary<string, JsonElement>? Parameters { get; set; }

    [Description("Rows fetched per round trip; null leaves it to the connector.")]
    [Range(0, int.MaxValue)]
    public int? JdbcFetchSize { get; set; }

    [Description("Most reads side by side on this connection; null or 0 leaves it to the connector.")]
    [Range(0, 100)]
    public int? MaxParallelization { get; set; }

    [Description("Where the values of ${key} placeholders in this connection come from.")]
    public SecretsManagerRequest? SecretsManager { get; set; }

    /// <summary>Members that no connection has. Some clients put parameters there.</summary>
    internal IReadOnlyDictionary<string, JsonElement> Unknown => unknown;

    void IKeepUnknown.Keep(string name, JsonElement value) => unknown[name] = value;
}
