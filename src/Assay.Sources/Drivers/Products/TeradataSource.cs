using System.Data.Common;
using System.Globalization;
using Assay.Sources.Contract;
using Assay.Sources.Network;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Listing;

namespace Assay.Sources.Drivers.Products;

/// <summary>Teradata. Driver: Teradata.Client.Provider. What the API calls schema is a database there.</summary>
internal sealed class TeradataSource(DriverStore drivers, HostPolicy policy) : DriverSource(drivers, policy)
{
    public override ConnectorSpec Spec { get; } = new()
    {
        Type = "teradata",
        DisplayName = "Teradata",
        StoreType = StoreType.Jdbc,
        SupportsEnrichment = false,
        DefaultPort = 1025,
        Properties =
        [
            DriverProperties.Host(), DriverProperties.Port(1025, required: false), DriverProperties.Username(), DriverProperties.Password(),
            DriverProperties.ConnectTimeout, DriverProperties.StatementTimeout, DriverProperties.Schema("Database"),
        ],
    };

    public override SqlCatalogue Catalogue { get; } = new TeradataCatalogue();
    public override SqlDialect Dialect { get; } = new AnsiDialect(limit: "TOP {0}", parameter: _ => "?", databaseInNames: false);
    protected override string Driver => KnownDrivers.Teradata;

    public override ScopeCheck CheckScope(SourceScope scope) => new(scope with { Schema = scope.Schema ?? scope.Database, Database = null }, []);

    public override IReadOnlyList<SettingProblem> Validate(ConnectionSettings settings)
    {
        Read(settings, out var problems);
        return problems;
    }

    protected override void Fill(DbConnectionStringBuilder builder, SqlPlace place, LoadedDriver driver)
    {
        builder["Data Source"] = place.Connection.Host!.Trim();
        builder["Port Number"] = PortOf(place.Connection);
        builder["User Id"] = place.Connection.Username;
        builder["Password"] = place.Connection.Password?.Reveal();
        builder["Connection Timeout"] = Read(place.Connection, out _).Connect;
        builder["Connection Pooling"] = false;
        builder["Session Character Set"] = "UTF8";
    }

    public override TimeSpan? StatementTimeoutOf(ConnectionSettings settings) => Read(settings, out _).Statement;

    protected override SourceFault? OfAnswer(DbException answer, string step, SqlPlace place) => SqlStates.Of(answer, step, place) ?? answer.ErrorCode switch
    {
        8017 => SqlFaults.SignIn(step, place),
        3802 => SqlFaults.NoSchema(step, place),
        3523 or 3524 or 5315 => SqlFaults.Denied(step, place, "GRANT SELECT on the database"),
        3807 => new(SourceFaultCode.NotFound, step, "A table disappeared while it was looked at. Try again."),
        3156 => SqlFaults.TimedOut(step, place),
        8018 or 8024 => SqlFaults.TooMany(step, place),
        var number and > 0 and < 10_000 => SqlFaults.Unknown(step, place, string.Create(CultureInfo.InvariantCulture, $"error {number}")),
        _ => null,
    };

    private (int Connect, TimeSpan? Statement) Read(ConnectionSettings settings, out IReadOnlyList<SettingProblem> problems)
    {
        var parameters = new Parameters(settings.Parameters);
        var result = (parameters.Number("connect_timeout", 1, 60) ?? DefaultConnectSeconds,
            parameters.Number("statement_timeout", 1, 86_400) is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null);
        problems = [.. HostFields.Problems(settings, Spec.Type), .. parameters.Problems(Spec.Type)];
        return result;
    }
}

/// <summary>Teradata's dictionary views. Types are codes of two letters; values are taken by position.</summary>
internal sealed class TeradataCatalogue : SqlCatalogue
{
    public override SqlStatement? Exists(SqlPlace place) => new("SELECT TRIM(DatabaseName) FROM DBC.DatabasesV WHERE DatabaseName = ?", ("p1", place.Schema));

    public override SqlStatement Names(SqlPlace place) => new(
        "SELECT TRIM(TableName), TableKind FROM DBC.TablesV WHERE DatabaseName = ? AND TableKind IN ('T', 'O', 'V') ORDER BY 2, 1", ("p1", place.Schema));

    public override SqlStatement Tables(SqlPlace place) => new(
        "SELECT TRIM(TableName), TableKind, CommentString, NULL, 0 FROM DBC.TablesV WHERE DatabaseName = ? AND TableKind IN ('T', 'O', 'V') ORDER BY 1", ("p1", place.Schema));

    public override SqlStatement Columns(SqlPlace place) => new("""
        SELECT TRIM(TableName), TRIM(ColumnName), ColumnId, TRIM(ColumnType), TRIM(ColumnType), CASE WHEN Nullable = 'N' THEN 0 ELSE 1 END,
               COALESCE(DecimalTotalDigits, ColumnLength), DecimalFractionalDigits, CommentString
        FROM DBC.ColumnsV WHERE DatabaseName = ? ORDER BY 1, 3
        """, ("p1", place.Schema));

    public override SqlStatement? Keys(SqlPlace place) => new("""
        SELECT TRIM(TableName), CASE WHEN IndexType = 'K' THEN 'P' ELSE 'U' END, COALESCE(TRIM(IndexName), 'index ' || TRIM(IndexNumber)), TRIM(ColumnName), NULL, NULL, NULL
        FROM DBC.IndicesV WHERE DatabaseName = ? AND UniqueFlag = 'Y' ORDER BY 1, 2, 3, ColumnPosition
        """, ("p1", place.Schema));

    // O is a table without a primary index.
    public override ContainerKind? KindOf(string kind) => kind.Trim() switch { "T" or "O" => ContainerKind.Table, "V" => ContainerKind.View, _ => null };

    public override SqlType TypeOf(SqlColumnRow column) => column.Type switch
    {
        "I1" or "I2" or "I" or "I8" => new(FieldType.Integral),
        "D" or "N" => new(column.Digits == 0 ? FieldType.Integral : FieldType.Fractional, column.Size, column.Digits),
        "F" => new(FieldType.Fractional),
        "DA" => new(FieldType.Date),
        "TS" or "SZ" => new(FieldType.Timestamp),
        "CF" or "CV" => new(FieldType.String, column.Size),
        "CO" or "JN" or "XM" or "AT" or "TZ" => new(FieldType.String),
        _ when column.Type.Length == 2 && column.Type[0] is 'Y' or 'M' or 'D' or 'H' or 'S' => new(FieldType.String),
        _ => new(FieldType.Unknown),
    };
}
