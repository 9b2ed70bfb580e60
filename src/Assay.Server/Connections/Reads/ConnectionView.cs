using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Server.Connections.SecretsManagers;
using Assay.Server.Datastores;

namespace Assay.Server.Connections.Reads;

/// <summary>
/// A connection as every answer shows it. Secrets are never among its members; <c>connection_type</c> tells which form it has. No
/// member changes by being saved unchanged, so that what a client exported and sent back exports alike.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "connection_type")]
[JsonDerivedType(typeof(JdbcConnectionView), "jdbc")]
[JsonDerivedType(typeof(DfsConnectionView), "dfs")]
[JsonDerivedType(typeof(NativeConnectionView), "native")]
internal abstract record ConnectionView(
    [property: JsonIgnore] Connection Row,
    [property: Description("Which secrets are stored, by the path of the member that sets them. Their values are never shown.")] IReadOnlyList<string> StoredSecrets,
    [property: Description("The datastores on this connection that the caller may see; null in lists.")] IReadOnlyList<DatastoreStub>? Datastores)
{
    public long Id => Row.Id;
    public DateTime Created => Row.Created;
    public string Name => Row.Name;
    [Description("The connector's type, such as postgresql or s3.")]
    public string Type => Row.Type;
    [Description("Settings that only some connectors have, without the secret ones.")]
    public IReadOnlyDictionary<string, JsonElement> Parameters { get; } = ConnectionParameters.Read(Row.Parameters);
    [Description("Where the values of ${key} placeholders come from, without its credentials.")]
    public SecretsManagerSettings? SecretsManager { get; init; } = SecretsManagerSettings.Read(Row.SecretsManager);
    [Description("What answered the latest successful test.")]
    public string? ProductName => Row.ProductName;
    public string? ProductVersion => Row.ProductVersion;
    public string? DriverName => Row.DriverName;
    public string? DriverVersion => Row.DriverVersion;
}

/// <summary>A database that is signed in to at a host.</summary>
internal sealed record JdbcConnectionView(Connection Row, IReadOnlyList<string> StoredSecrets, IReadOnlyList<DatastoreStub>? Datastores)
    : ConnectionView(Row, StoredSecrets, Datastores)
{
    public string? Host => Row.Host;
    public long? Port => Row.Port;
    public string? Username => Row.Username;
    public long? JdbcFetchSize => Row.JdbcFetchSize;
    public long? MaxParallelization => Row.MaxParallelization;
}

/// <summary>An object store or file system.</summary>
internal sealed record DfsConnectionView(Connection Row, IReadOnlyList<string> StoredSecrets, IReadOnlyList<DatastoreStub>? Datastores)
    : ConnectionView(Row, StoredSecrets, Datastores)
{
    public string? Uri => Row.Uri;
    public string? AccessKey => Row.AccessKey;
}

/// <summary>A platform that is spoken to by its own interface.</summary>
internal sealed record NativeConnectionView(Connection Row, IReadOnlyList<string> StoredSecrets, IReadOnlyList<DatastoreStub>? Datastores)
    : ConnectionView(Row, StoredSecrets, Datastores)
{
    public string? Host => Row.Host;
    public long? Port => Row.Port;
    public string? Username => Row.Username;
    public string? Catalog => Row.Catalog;
    public string? CatalogType => Row.CatalogType;
    public long? MaxParallelization => Row.MaxParallelization;
}

/// <summary>A connection in few words.</summary>
/// <param name="ConnectionType"><c>jdbc</c>, <c>dfs</c> or <c>native</c>.</param>
internal sealed record ConnectionStub(long Id, DateTime Created, string Name, string ConnectionType, string Type);
