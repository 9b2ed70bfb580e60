namespace Assay.Sources.Postgres;

internal static class PostgresNames
{
    /// <summary>An identifier as it stands in a statement, whatever characters it has.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
