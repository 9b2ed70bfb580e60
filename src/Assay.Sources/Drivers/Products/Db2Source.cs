using System.Data.Common;
using Assay.Sources.Contract;
using Assay.Sources.Network;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Listing;
using Assay.Sources.Writing.Tables;

namespace Assay.Sources.Drivers.Products;

/// <summary>Db2 for Linux, UNIX and Windows. Driver: Net.IBM.Data.Db2-lnx.</summary>
internal sealed class Db2Source(DriverStore drivers, HostPolicy policy) : DriverSource(drivers, policy)
{
    public override ConnectorSpec Spec { get; } = new()
    {
        Type = "db2",
        DisplayName = "IBM Db2",
        StoreType = StoreType.Jdbc,
        SupportsEnrichment = true,
        CatalogLevels = ["schema"],
        DefaultPort = 50000,
        Properties =
        [
            DriverProperties.Host(), DriverProperties.Port(50000), DriverProperties.Username(), DriverProperties.Password(),
            new() { Field = "ssl", MapTo = "parameters", Title = "Encrypt", Type = "boolean", Default = false, Group = "TLS" },
            new() { Field = "database", MapTo = "parameters", Title = "Database", Info = "Where schemas are discovered, and the database of datastores that name none." },
            DriverProperties.ConnectTimeout, DriverProperties.StatementTimeout,
            DriverProperties.Database(required: false), DriverProperties.Schema(),
        ],
    };

    public override SqlCatalogue Catalogue { get; } = new Db2Catalogue();
    public override SqlDialect Dialect { get; } = new AnsiDialect(limit: "FETCH FIRST {0} ROWS ONLY", parameter: _ => "?", integerType: "INTEGER", databaseInNames: false, chance: "RAND()");
    protected override string Driver => KnownDrivers.Db2;

    public override IReadOnlyList<SettingProblem> Validate(ConnectionSettings settings)
    {
        Read(settings, out var problems);
        return problems;
    }

    public override SqlPlace PlaceOf(SourceTarget target) =>
        base.PlaceOf(target with { Scope = target.Scope with { Database = target.Scope.Database ?? Read(target.Connection, out _).Database } });

    protected override void Fill(DbConnectionStringBuilder builder, SqlPlace place, LoadedDriver driver)
    {
        var settings = Read(place.Connection, out _);
        if (place.Database is null)
            throw new SourceException(new SourceFault(SourceFaultCode.InvalidSettings, SqlSteps.SignIn, "Db2 lets nobody in without a database: name it in the datastore or in the parameter database."));
        builder["Server"] = $"{place.Connection.Host!.Trim()}:{PortOf(place.Connection)}";
        builder["Database"] = place.Database;
        builder["UID"] = place.Connection.Username;
        builder["PWD"] = place.Connection.Password?.Reveal();
        builder["Connect Timeout"] = settings.Connect;
        builder["Pooling"] = false;
        if (settings.Ssl) builder["Security"] = "SSL";
    }

    public override TransactionalDialect? TablesOf(SqlPlace place) => new Db2Tables(place.Schema ?? place.User.ToUpperInvariant());

    public override TimeSpan? StatementTimeoutOf(ConnectionSettings settings) => Read(settings, out _).Statement;

    protected override SourceFault? OfAnswer(DbException answer, string step, SqlPlace place) => SqlStates.Of(answer, step, place) ?? Code(answer.Message) switch
    {
        "SQL30082N" => SqlFaults.SignIn(step, place),
        "SQL1013N" or "SQL1031N" => SqlFaults.NoCatalog(step, place),
        "SQL30081N" => SqlFaults.Lost(step, place),
        "SQL0551N" or "SQL0552N" => SqlFaults.Denied(step, place, "GRANT SELECT on the tables"),
        "SQL0952N" => SqlFaults.TimedOut(step, place),
        { } code => SqlFaults.Unknown(step, place, code),
        _ => null,
    };

    /// <summary>The message's number, which is all that is passed on of it.</summary>
    private static string? Code(string message) =>
        message.IndexOf("SQL", StringComparison.Ordinal) is var start and >= 0 && message.AsSpan(start).IndexOf(' ') is var end and > 0 and < 12 ? message.Substring(start, end) : null;

    private (bool Ssl, string? Database, int Connect, TimeSpan? Statement) Read(ConnectionSettings settings, out IReadOnlyList<SettingProblem> problems)
    {
        var parameters = new Parameters(settings.Parameters);
        var result = (parameters.Choice("ssl", "true", "false") is "true", parameters.Text("database", 128), parameters.Number("connect_timeout", 1, 60) ?? DefaultConnectSeconds,
            parameters.Number("statement_timeout", 1, 86_400) is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null);
        problems = [.. HostFields.Problems(settings, Spec.Type), .. parameters.Problems(Spec.Type)];
        return result;
    }
}
