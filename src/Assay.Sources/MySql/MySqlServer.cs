using Assay.Sources.Contract;
using MySqlConnector;

namespace Assay.Sources.MySql;

/// <summary>Which of the two products answers; they part where time limits are set.</summary>
internal static class MySqlServer
{
    private const string Prefix = "5.5.5-";

    public static SourceProduct ProductOf(MySqlConnection connection)
    {
        var version = connection.ServerVersion;
        var maria = version.Contains("MariaDB", StringComparison.OrdinalIgnoreCase);
        // MariaDB 10 puts a version that old clients understand in front of its own.
        if (maria && version.StartsWith(Prefix, StringComparison.Ordinal)) version = version[Prefix.Length..];
        return new SourceProduct(maria ? "MariaDB" : "MySQL", version, "MySqlConnector", typeof(MySqlConnection).Assembly.GetName().Version!.ToString(3));
    }

    public static bool IsMariaDb(SourceProduct product) => product.Name == "MariaDB";
}
