namespace Assay.Sources.Tests.Warehouses;

/// <summary>The connectors whose vendors have a stand-in.</summary>
internal static class Vendors
{
    public static TheoryData<string> All { get; } = ["snowflake", "trino", "athena", "bigquery", "databricks", "databricks_native", "dremio"];
}
