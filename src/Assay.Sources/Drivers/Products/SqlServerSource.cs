using System.Data.Common;
using Assay.Sources.Abfs;
using Assay.Sources.Contract;
using Assay.Sources.Network;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Listing;
using Assay.Sources.Writing.Tables;
using Azure.Identity;

namespace Assay.Sources.Drivers.Products;

/// <summary>SQL Server and what speaks its protocol: Azure SQL, Synapse, Fabric. Driver: Microsoft.Data.SqlClient.</summary>
internal sealed class SqlServerSource(SqlServerKind kind, DriverStore drivers, HostPolicy policy, AzureSignIn azure) : DriverSource(drivers, policy)
{
    public override ConnectorSpec Spec { get; } = kind.Spec;
    public override SqlCatalogue Catalogue { get; } = kind.Catalogue;
    public override SqlDialect Dialect { get; } = new SqlServerDialect();
    protected override string Driver => KnownDrivers.SqlServer;

    public override IReadOnlyList<SettingProblem> Validate(ConnectionSettings settings) => SqlServerSettings.Read(kind, settings).Problems;

    public override ScopeCheck CheckScope(SourceScope scope) => new(scope with { Schema = scope.Schema ?? (scope.Database is null ? null : "dbo") }, []);

    protected override void Fill(DbConnectionStringBuilder builder, SqlPlace place, LoadedDriver driver)
    {
        var settings = SqlServerSettings.Read(kind, place.Connection);
        builder["Data Source"] = $"tcp:{place.Connection.Host!.Trim()},{PortOf(place.Connection)}";
        if (place.Database is not null) builder["Initial Catalog"] = place.Database;
        if (!settings.Principal)
        {
            builder["User ID"] = place.Connection.Username;
            builder["Password"] = place.Connection.Password?.Reveal();
        }
        builder["Encrypt"] = settings.Encrypt;
        builder["TrustServerCertificate"] = settings.TrustsAnyCertificate;
        builder["Connect Timeout"] = settings.ConnectSeconds;
        builder["Application Name"] = "assay";
        builder["Pooling"] = false;
        builder["Enlist"] = false;
        builder["Persist Security Info"] = false;
    }

    protected override async Task PrepareAsync(DbConnection connection, SqlPlace place, CancellationToken cancel)
    {
        var settings = SqlServerSettings.Read(kind, place.Connection);
        if (!settings.Principal) return;
        var token = await azure.TokenAsync(new AzurePrincipal(settings.Tenant!, place.User, place.Connection.Password!, AzureAuthorityHosts.AzurePublicCloud), "https://database.windows.net/.default", cancel);
        connection.GetType().GetProperty("AccessToken")!.SetValue(connection, token);
    }

    public override Task BeginReadingAsync(SqlSession session, TimeSpan statementTimeout, CancellationToken cancel) =>
        kind.HasLocks
            ? session.ExecuteAsync(new SqlStatement($"SET NOCOUNT ON; SET LOCK_TIMEOUT {(int)statementTimeout.TotalMilliseconds}"), statementTimeout, cancel)
            : Task.CompletedTask;

    public override TransactionalDialect? TablesOf(SqlPlace place) =>
        Spec.SupportsEnrichment ? new SqlServerTables(place.Database, place.Schema ?? "dbo", kind.HasLocks) : null;

    public override Task BeginWritingAsync(SqlSession session, TimeSpan statementTimeout, CancellationToken cancel) =>
        session.ExecuteAsync(new SqlStatement($"SET XACT_ABORT ON; SET DATEFORMAT ymd{(kind.HasLocks ? $"; SET LOCK_TIMEOUT {(int)statementTimeout.TotalMilliseconds}" : "")}"), statementTimeout, cancel);

    public override TimeSpan? StatementTimeoutOf(ConnectionSettings settings) => SqlServerSettings.Read(kind, settings).StatementTimeout;

    protected override SourceFault? OfAnswer(DbException answer, string step, SqlPlace place) => SqlServerFaults.Of(answer, step, place);
}
