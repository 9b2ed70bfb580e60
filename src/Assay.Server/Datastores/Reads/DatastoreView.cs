using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Server.Store.Reads;

namespace Assay.Server.Datastores.Reads;

/// <summary>A datastore alone: what lists show, the sources of an enrichment store, and copies of the connection. Nothing in it is secret.</summary>
internal sealed record DatastoreView : DatastoreItem
{
    /// <summary>Reads the columns of <see cref="DatastoreRows"/>, the further ones too.</summary>
    internal DatastoreView(ref RowCursor row) : base(ref row)
    {
        LinkedDatastores = row.List<DatastoreStub>();
        (Host, Port, Username, Uri, AccessKey) = (row.TextOrNull(), row.NumberOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull());
        (Parameters, JdbcFetchSize, MaxParallelization, SecretsManager) = (row.Json(), row.NumberOrNull(), row.NumberOrNull(), row.Json());
        (ProductName, ProductVersion, DriverName, DriverVersion) = (row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull());
    }

    [Description("On an enrichment store: the sources that write to it, as far as the caller may see them.")]
    [JsonPropertyOrder(1)]
    public IReadOnlyList<DatastoreStub> LinkedDatastores { get; }
    [Description("A URL in JDBC's form, without credentials; null for file stores.")]
    [JsonPropertyOrder(1)]
    public string? JdbcUrl => StoreType == "jdbc" && Host is not null
        ? $"jdbc:{Type}://{Host}{(Port is { } port ? $":{port}" : "")}/{Database}" : null;
    [JsonPropertyOrder(1)]
    public string? Host { get; }
    [JsonPropertyOrder(1)]
    public long? Port { get; }
    [JsonPropertyOrder(1)]
    public string? Username { get; }
    [Description("The base URI of a file store.")]
    [JsonPropertyOrder(1)]
    public string? Uri { get; }
    [JsonPropertyOrder(1)]
    public string? AccessKey { get; }
    [JsonPropertyOrder(1)]
    public JsonElement? Parameters { get; }
    [JsonPropertyOrder(1)]
    public long? JdbcFetchSize { get; }
    [JsonPropertyOrder(1)]
    public long? MaxParallelization { get; }
    [JsonPropertyOrder(1)]
    public JsonElement? SecretsManager { get; }
    [JsonPropertyOrder(1)]
    public string? ProductName { get; }
    [JsonPropertyOrder(1)]
    public string? ProductVersion { get; }
    [JsonPropertyOrder(1)]
    public string? DriverName { get; }
    [JsonPropertyOrder(1)]
    public string? DriverVersion { get; }
}
