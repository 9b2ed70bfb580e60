namespace Assay.Sources.Postgres;

/// <summary>Where a conversation takes place, as far as it is known: what messages about faults speak of.</summary>
internal sealed record PostgresPlace(PostgresSettings Settings, string Database, string? Schema = null)
{
    /// <summary>A table of the schema as it stands in a statement.</summary>
    public string Table(string name) => $"{PostgresNames.Quote(Schema!)}.{PostgresNames.Quote(name)}";

    public string Server => $"{Settings.Host}:{Settings.Port}";
}
