using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Assay.Sources.Contract;
using Assay.Sources.Network;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Listing;

namespace Assay.Sources.Drivers.Products;

/// <summary>Oracle Database 12.2 and later. Driver: Oracle.ManagedDataAccess.Core.</summary>
internal sealed partial class OracleSource(DriverStore drivers, HostPolicy policy) : DriverSource(drivers, policy)
{
    private const int LongestName = 128;

    public override ConnectorSpec Spec { get; } = new()
    {
        Type = "oracle",
        DisplayName = "Oracle",
        StoreType = StoreType.Jdbc,
        SupportsEnrichment = false,
        CatalogLevels = ["schema"],
        DefaultPort = 1521,
        Properties =
        [
            DriverProperties.Host(), DriverProperties.Port(1521), DriverProperties.Username(), DriverProperties.Password(),
            new() { Field = "protocol", MapTo = "parameters", Title = "Protocol", Type = "enum", Values = ["TCP", "TCPS"], Default = "TCP" },
            new() { Field = "connect_by", MapTo = "parameters", Title = "Connect by", Type = "enum", Values = ["SID", "SERVICE_NAME"], Default = "SID", Info = "Not needed where only one of the two is given." },
            new() { Field = "sid", MapTo = "parameters", Required = true, Title = "SID", FilterField = "connect_by", FilterValue = "SID" },
            new() { Field = "service_name", MapTo = "parameters", Required = true, Title = "Service name", FilterField = "connect_by", FilterValue = "SERVICE_NAME" },
            DriverProperties.ConnectTimeout, DriverProperties.StatementTimeout,
            DriverProperties.Database(required: false), DriverProperties.Schema(),
        ],
    };

    public override SqlCatalogue Catalogue { get; } = new OracleCatalogue();
    public override SqlDialect Dialect { get; } = new OracleDialect();
    protected override string Driver => KnownDrivers.Oracle;

    public override IReadOnlyList<SettingProblem> Validate(ConnectionSettings settings)
    {
        Read(settings, out var problems);
        return problems;
    }

    protected override void Fill(DbConnectionStringBuilder builder, SqlPlace place, LoadedDriver driver)
    {
        var (protocol, target, connect, _) = Read(place.Connection, out _);
        builder["Data Source"] =
            $"(DESCRIPTION=(ADDRESS=(PROTOCOL={protocol})(HOST={place.Connection.Host!.Trim()})(PORT={PortOf(place.Connection).ToString(CultureInfo.InvariantCulture)}))(CONNECT_DATA=({target})))";
        builder["User Id"] = place.Connection.Username;
        builder["Password"] = place.Connection.Password?.Reveal();
        builder["Connection Timeout"] = connect;
        builder["Pooling"] = false;
        builder["Enlist"] = "false";
    }

    public override Task BeginReadingAsync(SqlSession session, TimeSpan statementTimeout, CancellationToken cancel) =>
        session.ExecuteAsync(new SqlStatement("SET TRANSACTION READ ONLY"), statementTimeout, cancel);

    public override TimeSpan? StatementTimeoutOf(ConnectionSettings settings) => Read(settings, out _).Statement;

    // An Oracle database is named by its connection: nobody can ask for another one.
    public override ScopeCheck CheckScope(SourceScope scope) => new(scope, []);

    public override SqlPlace PlaceOf(SourceTarget target) => base.PlaceOf(target with { Scope = target.Scope with { Database = null } });

    protected override SourceFault? OfAnswer(DbException answer, string step, SqlPlace place) => NumberOf(answer) switch
    {
        1017 or 1005 => SqlFaults.SignIn(step, place),
        28000 => new(SourceFaultCode.SignInFailed, step, $"User '{place.User}' is locked on {place.Server}."),
        28001 => new(SourceFaultCode.SignInFailed, step, $"The password of user '{place.User}' has expired on {place.Server}. Set a new one there, then here."),
        1045 => SqlFaults.Denied(step, place, "GRANT CREATE SESSION"),
        12505 or 12514 or 12154 or 12504 => new(SourceFaultCode.CatalogNotFound, step, $"{place.Server} has no database of that SID or service name."),
        942 or 1031 or 1950 => SqlFaults.Denied(step, place, "GRANT SELECT on the tables"),
        1013 or 12170 => SqlFaults.TimedOut(step, place),
        18 or 20 or 12516 or 12519 or 12520 => SqlFaults.TooMany(step, place),
        12541 or 12543 => new(SourceFaultCode.ConnectionRefused, step, $"Nothing takes connections at {place.Server}. Check host and port."),
        28 or 1012 or 1033 or 1034 or 1089 or 3113 or 3114 or 3135 or 12537 or 12547 => SqlFaults.Lost(step, place),
        28860 or 29024 or 28857 => SqlFaults.Tls(step, place) with { Step = step },
        { } number and > 0 => SqlFaults.Unknown(step, place, string.Create(CultureInfo.InvariantCulture, $"ORA-{number:00000}")),
        _ => null,
    };

    private static int? NumberOf(DbException answer) =>
        answer.GetType().GetProperty("Number")?.GetValue(answer) is { } number ? Convert.ToInt32(number, CultureInfo.InvariantCulture) : null;

    private (string Protocol, string Target, int Connect, TimeSpan? Statement) Read(ConnectionSettings settings, out IReadOnlyList<SettingProblem> problems)
    {
        var parameters = new Parameters(settings.Parameters);
        var protocol = parameters.Choice("protocol", "TCP", "TCPS")?.ToUpperInvariant() ?? "TCP";
        var by = parameters.Choice("connect_by", "SID", "SERVICE_NAME");
        var (sid, service) = (Name(parameters, "sid"), Name(parameters, "service_name"));
        var (chosen, other) = by is "service_name" || (by is null && service is not null) ? ("service_name", "sid") : ("sid", "service_name");
        if ((chosen is "sid" ? sid : service) is null)
            parameters.Add(chosen, "Field required: give the SID or the service name", "missing");
        else if (sid is not null && service is not null)
            parameters.Add(other, "Give either the SID or the service name, not both");
        var connect = parameters.Number("connect_timeout", 1, 60) ?? DefaultConnectSeconds;
        var statement = parameters.Number("statement_timeout", 1, 86_400);
        List<SettingProblem> found = [.. HostFields.Problems(settings, Spec.Type), .. parameters.Problems(Spec.Type)];
        if (settings.Host?.IndexOfAny(['(', ')']) >= 0) found.Add(new SettingProblem(["host"], "This is not the name or address of one host."));
        problems = found;
        return (protocol, sid is null ? $"SERVICE_NAME={service}" : $"SID={sid}", connect, statement is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
    }

    /// <summary>A name that ends nothing in the description it stands in.</summary>
    private static string? Name(Parameters parameters, string field)
    {
        var text = parameters.Text(field, LongestName);
        if (string.IsNullOrEmpty(text)) return null;
        if (!Plain().IsMatch(text)) parameters.Add(field, "Input should be a name of letters, digits, dots, dashes and underscores");
        return text;
    }

    [GeneratedRegex("^[A-Za-z0-9._$#-]+$")]
    private static partial Regex Plain();
}
