using Assay.Sources.Contract;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Connections;

/// <summary>How to reach a source. Its secrets are rows of <see cref="ConnectionSecret"/>, which reading a connection never touches.</summary>
internal sealed class Connection
{
    private string name = "";

    public long Id { get; init; }
    /// <summary>Unique: clients look connections up by it.</summary>
    public required string Name
    {
        get => name;
        set => (name, NameKey) = (value, value.ToLowerInvariant());
    }
    /// <summary>The name in lower case, for search and order.</summary>
    public string NameKey { get; private set; } = "";
    public required string Type { get; init; }
    /// <summary><c>jdbc</c>, <c>dfs</c> or <c>native</c>.</summary>
    public required string StoreType { get; init; }
    public string? Host { get; set; }
    public long? Port { get; set; }
    public string? Username { get; set; }
    public string? Uri { get; set; }
    public string? AccessKey { get; set; }
    public string? Catalog { get; set; }
    public string? CatalogType { get; set; }
    /// <summary>A JSON object.</summary>
    public string Parameters { get; set; } = "{}";
    public long? JdbcFetchSize { get; set; }
    public long? MaxParallelization { get; set; }
    /// <summary>The secrets manager's settings as a JSON object, without its credentials payload; null where there is none.</summary>
    public string? SecretsManager { get; set; }
    public string? ProductName { get; set; }
    public string? ProductVersion { get; set; }
    public string? DriverName { get; set; }
    public string? DriverVersion { get; set; }
    public DateTime Created { get; init; }
    public DateTime Updated { get; set; }
    /// <summary>Counts changes. Saving fails when someone else saved in between, or two changes could join one's secret with the other's host.</summary>
    public long Revision { get; set; }

    /// <summary>Takes down what a test found at the other end, where it found it.</summary>
    public void Learn(SourceProduct? product)
    {
        if (product is null) return;
        (ProductName, ProductVersion, DriverName, DriverVersion) = (product.Name, product.Version, product.DriverName, product.DriverVersion);
    }

    public Connection Copy() => (Connection)MemberwiseClone();

    internal sealed class Configuration : IEntityTypeConfiguration<Connection>
    {
        public void Configure(EntityTypeBuilder<Connection> builder)
        {
            builder.ToTable("connections").HasKey(c => c.Id);
            builder.Property(c => c.Revision).IsConcurrencyToken();
        }
    }
}

/// <summary>One sealed secret of a connection; <see cref="Field"/> names it (password, passphrase, secret_key, ...).</summary>
internal sealed class ConnectionSecret
{
    public long ConnectionId { get; init; }
    public required string Field { get; init; }
    public required string Ciphertext { get; set; }

    /// <summary>The record that a connection's secrets are bound to when they are sealed.</summary>
    public static string RecordOf(long connectionId) => $"connection/{connectionId}";

    internal sealed class Configuration : IEntityTypeConfiguration<ConnectionSecret>
    {
        public void Configure(EntityTypeBuilder<ConnectionSecret> builder) =>
            builder.ToTable("connection_secrets").HasKey(s => new { s.ConnectionId, s.Field });
    }
}
