namespace Assay.Testing.Warehouses;

/// <summary>A vendor's stand-in, and what a connection to it takes.</summary>
/// <param name="Type">The connector's.</param>
/// <param name="Catalog">What a datastore names as its database; null where schemas are all there is.</param>
/// <param name="OwnCatalog">The catalog that is part of the connection.</param>
public sealed record Vendor(string Type, StandIn StandIn, StandInDatabase Database, string? User, string Password, object Parameters, string? Catalog, string? OwnCatalog = null) : IAsyncDisposable
{
    /// <param name="type">The connector's.</param>
    public static async Task<Vendor> StartAsync(string type)
    {
        switch (type)
        {
            case "snowflake":
                var snowflake = await SnowflakeStandIn.StartAsync();
                return new(type, snowflake, snowflake.Database, SnowflakeStandIn.User, SnowflakeStandIn.Password,
                    new { role = SnowflakeStandIn.Role, warehouse = SnowflakeStandIn.Warehouse, account = SnowflakeStandIn.Account, ssl = false }, snowflake.Database.Name);
            case "databricks":
                var databricks = await DatabricksStandIn.StartAsync();
                return new(type, databricks, databricks.Database, null, DatabricksStandIn.PersonalToken, new { path = $"/sql/1.0/warehouses/{DatabricksStandIn.Warehouse}", ssl = false }, databricks.Database.Name);
            case "databricks_native":
                var unity = await DatabricksStandIn.StartAsync();
                return new(type, unity, unity.Database, null, DatabricksStandIn.PersonalToken, new { ssl = false }, null, unity.Database.Name);
            case "athena":
                var athena = await AthenaStandIn.StartAsync();
                return new(type, athena, athena.Database, AthenaStandIn.AccessKey, AthenaStandIn.SecretKey, new { ssl = false, region = AthenaStandIn.Region, output = "s3://results/assay/" }, athena.Database.Name);
            case "bigquery":
                var bigQuery = await BigQueryStandIn.StartAsync();
                return new(type, bigQuery, bigQuery.Database, null, bigQuery.AccountKey(), new { ssl = false }, bigQuery.Database.Name);
            case "dremio":
                var dremio = await DremioStandIn.StartAsync();
                return new(type, dremio, dremio.Database, null, DremioStandIn.AccessToken, new { ssl = false }, null);
            case "trino":
                var trino = await TrinoStandIn.StartAsync();
                return new(type, trino, trino.Database, TrinoStandIn.User, TrinoStandIn.Password, new { ssl = false }, trino.Database.Name);
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "No stand-in.");
        }
    }

    /// <summary>A name in the vendor's quotes.</summary>
    public string Quote(string name) => Type is "bigquery" or "databricks" or "databricks_native" ? $"`{name}`" : $"\"{name}\"";

    public ValueTask DisposeAsync() => StandIn.DisposeAsync();
}
