namespace Assay.Sources.Drivers;

/// <summary>Which package drives which connectors. One driver may serve several: they share its folder.</summary>
internal static class KnownDrivers
{
    public const string SqlServer = "sqlserver";
    public const string Oracle = "oracle";
    public const string Db2 = "db2";
    public const string Teradata = "teradata";
    public const string Hive = "hive";
    public const string DuckDb = "duckdb";

    private static readonly (string Driver, string Package)[] all =
    [
        (SqlServer, "Microsoft.Data.SqlClient"),
        (Oracle, "Oracle.ManagedDataAccess.Core"),
        (Db2, "Net.IBM.Data.Db2-lnx"),
        (Teradata, "Teradata.Client.Provider"),
        (DuckDb, "DuckDB.NET.Data.Full"),
    ];

    /// <summary>The package to add for a driver; ODBC for what has no package of its own.</summary>
    public static string PackageOf(string driver) => all.FirstOrDefault(known => known.Driver == driver).Package ?? "System.Data.Odbc";

    /// <summary>The driver that a package is; a package of no connector of its own is one under its own name.</summary>
    public static string DriverOf(string package) =>
        all.FirstOrDefault(known => known.Package.Equals(package, StringComparison.OrdinalIgnoreCase)).Driver ?? package.ToLowerInvariant();

    /// <summary>What the operator has to run.</summary>
    public static string CommandFor(string driver) => driver is Hive
        ? $"assay driver add {PackageOf(driver)} --as {Hive} --connection \"Driver={{...}};Host={{host}};Port={{port}};UID={{username}};PWD={{password}};...\""
        : $"assay driver add {PackageOf(driver)}";
}
