using System.Data.Common;
using System.Globalization;
using Assay.Sources.Contract;
using Assay.Sources.Network;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Listing;

namespace Assay.Sources.Drivers.Products;

/// <summary>
/// A database of which Assay knows no more than its ADO.NET driver: the operator who added the driver wrote its connection string, with
/// placeholders for what a connection may say. The catalogue is the SQL standard's.
/// </summary>
internal sealed class TemplateSource(DriverStore drivers, HostPolicy policy, ConnectorSpec spec, string? fixedDriver) : DriverSource(drivers, policy)
{
    private const int LongestName = 128;

    private readonly DriverStore drivers = drivers;

    /// <summary>Hive, through ODBC; its databases are one level, and its catalogue the one that Hive 3 and later keep in <c>information_schema</c>.</summary>
    public static TemplateSource Hive(DriverStore drivers, HostPolicy policy) => new(drivers, policy, new ConnectorSpec
    {
        Type = "hive",
        DisplayName = "Apache Hive",
        StoreType = StoreType.Jdbc,
        SupportsEnrichment = false,
        CatalogLevels = ["database"],
        DefaultPort = 10000,
        Properties =
        [
            DriverProperties.Host(), DriverProperties.Port(10000), DriverProperties.Username() with { Required = false }, DriverProperties.Password() with { Required = false },
            new() { Field = "zookeeper", MapTo = "parameters", Title = "ZooKeeper discovery", Type = "boolean", Default = false, Info = "The host is a ZooKeeper that knows the servers; handed to the driver as {zookeeper}." },
            new() { Field = "principal", MapTo = "parameters", Title = "Kerberos principal", Placeholder = "hive/_HOST@EXAMPLE.COM", Info = "Handed to the driver as {principal}." },
            DriverProperties.StatementTimeout,
            DriverProperties.Database(required: false), DriverProperties.Schema("Database"),
        ],
    }, KnownDrivers.Hive);

    /// <summary>Any other driver, which the connection chooses by its name.</summary>
    public static TemplateSource Any(DriverStore drivers, HostPolicy policy) => new(drivers, policy, new ConnectorSpec
    {
        Type = "adonet",
        DisplayName = "ADO.NET or ODBC driver",
        StoreType = StoreType.Jdbc,
        SupportsEnrichment = false,
        CatalogLevels = ["schema"],
        Properties =
        [
            new() { Field = "driver", MapTo = "parameters", Required = true, Title = "Driver", Endpoint = true, Info = "The name under which it was added; assay driver list tells." },
            DriverProperties.Host(), DriverProperties.Port(0), DriverProperties.Username() with { Required = false }, DriverProperties.Password() with { Required = false },
            DriverProperties.StatementTimeout,
            DriverProperties.Database(required: false), DriverProperties.Schema(),
        ],
    }, null);

    public override ConnectorSpec Spec => spec;
    public override SqlCatalogue Catalogue { get; } = new InformationSchema(name => $"@{name}", CommonTypes.Of);
    public override SqlDialect Dialect => throw new NotSupportedException("Known with the connection.");
    public override bool CanSample => fixedDriver is not null;
    protected override string Driver => fixedDriver!;
    protected override string DriverOf(ConnectionSettings settings) => fixedDriver ?? Read(settings, out _).Driver!;

    public override SqlCatalogue CatalogueOf(SqlPlace place) => Odbc(place) ? new InformationSchema(_ => "?", CommonTypes.Of) : Catalogue;

    public override SqlDialect DialectOf(SqlPlace place) => new AnsiDialect(
        "LIMIT {0}", Odbc(place) ? _ => "?" : name => $"@{name}", quotes: drivers.Find(DriverOf(place.Connection))?.Quotes ?? (fixedDriver is null ? "\"" : "`"), databaseInNames: false, chance: fixedDriver is null ? null : "rand()");

    public override IReadOnlyList<SettingProblem> Validate(ConnectionSettings settings)
    {
        Read(settings, out var problems);
        return problems;
    }

    protected override void Fill(DbConnectionStringBuilder builder, SqlPlace place, LoadedDriver driver)
    {
        if (driver.Manifest.ConnectionString is not { Length: > 0 } template)
            throw new SourceException(new SourceFault(SourceFaultCode.DriverMissing, SqlSteps.Driver,
                $"The driver '{DriverOf(place.Connection)}' was added without a connection string. Whoever runs this Assay adds it again with --connection \"...;{{host}}...\"."));
        var settings = Read(place.Connection, out _);
        // Parsed before anything is put in, so that no value can begin another setting.
        var parsed = new DbConnectionStringBuilder { ConnectionString = template };
        foreach (string key in parsed.Keys)
            builder[key] = Put(Convert.ToString(parsed[key], CultureInfo.InvariantCulture)!, new()
            {
                ["host"] = place.Connection.Host!.Trim(),
                ["port"] = PortOf(place.Connection).ToString(CultureInfo.InvariantCulture),
                ["username"] = place.User,
                ["password"] = place.Connection.Password?.Reveal() ?? "",
                ["database"] = place.Database ?? place.Schema ?? "",
                ["zookeeper"] = settings.ZooKeeper ? "1" : "0",
                ["principal"] = settings.Principal ?? "",
            });
    }

    public override TimeSpan? StatementTimeoutOf(ConnectionSettings settings) => Read(settings, out _).Statement;

    protected override SourceFault? OfAnswer(DbException answer, string step, SqlPlace place) => SqlStates.Of(answer, step, place);

    private bool Odbc(SqlPlace place) => drivers.Find(DriverOf(place.Connection))?.Package.Contains("odbc", StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>Puts values in for their placeholders in one go, so that a value with a placeholder in it stays what it is.</summary>
    private static string Put(string text, Dictionary<string, string> values) =>
        System.Text.RegularExpressions.Regex.Replace(text, @"\{(\w+)\}", match => values.GetValueOrDefault(match.Groups[1].Value, match.Value));

    private (string? Driver, bool ZooKeeper, string? Principal, TimeSpan? Statement) Read(ConnectionSettings settings, out IReadOnlyList<SettingProblem> problems)
    {
        var parameters = new Parameters(settings.Parameters);
        string? driver = null, principal = null;
        var zookeeper = false;
        if (fixedDriver is null)
        {
            driver = parameters.Text("driver", LongestName)?.ToLowerInvariant();
            if (string.IsNullOrEmpty(driver)) parameters.Add("driver", "Field required", "missing");
        }
        else
        {
            zookeeper = parameters.Choice("zookeeper", "true", "false") is "true";
            principal = parameters.Text("principal", LongestName);
        }
        var statement = parameters.Number("statement_timeout", 1, 86_400);
        problems =
        [
            .. HostFields.Problems(settings, spec.Type, signIn: false), .. parameters.Problems(spec.Type),
            .. PortOf(settings) == 0 ? [new SettingProblem(["port"], "Field required", "missing")] : Array.Empty<SettingProblem>(),
        ];
        return (driver ?? "", zookeeper, principal, statement is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
    }
}
