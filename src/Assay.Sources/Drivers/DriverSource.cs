using System.Data.Common;
using Assay.Sources.Contract;
using Assay.Sources.Network;
using Assay.Sources.Sql;

namespace Assay.Sources.Drivers;

/// <summary>
/// A database behind a driver that the operator added. The driver resolves the host by itself: what the host policy has checked is the name
/// a moment before, and what its addresses were then.
/// </summary>
internal abstract class DriverSource(DriverStore drivers, HostPolicy policy) : SqlSource
{
    protected const int DefaultConnectSeconds = 8;

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(3);

    /// <summary>The driver's name in <see cref="DriverStore"/>.</summary>
    protected virtual string DriverOf(ConnectionSettings settings) => Driver;

    protected abstract string Driver { get; }

    public override IReadOnlyList<string> OpeningSteps { get; } = [SqlSteps.Driver, SqlSteps.Resolve, SqlSteps.Connect, SqlSteps.SignIn];

    protected virtual int PortOf(ConnectionSettings settings) => settings.Port ?? Spec.DefaultPort ?? 0;

    public override SqlPlace PlaceOf(SourceTarget target) => new(target.Connection, target.Scope, $"{target.Connection.Host?.Trim()}:{PortOf(target.Connection)}");

    /// <summary>The connection string, field by field.</summary>
    protected abstract void Fill(DbConnectionStringBuilder builder, SqlPlace place, LoadedDriver driver);

    /// <summary>What has to be done to a connection before it is opened, such as giving it a token.</summary>
    protected virtual Task PrepareAsync(DbConnection connection, SqlPlace place, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>What the driver's own error means; null where the driver's vocabulary does not tell.</summary>
    protected abstract SourceFault? OfAnswer(DbException answer, string step, SqlPlace place);

    public override async Task<SqlSession> OpenAsync(SqlPlace place, SqlOpening opening, CancellationToken cancel)
    {
        opening.Begin(SqlSteps.Driver);
        var driver = drivers.Load(DriverOf(place.Connection));
        opening.Pass($"{driver.Manifest.Package} {driver.Manifest.Version}");
        await ReachAsync(place, opening, cancel);

        opening.Begin(SqlSteps.SignIn);
        var connection = driver.Factory.CreateConnection() ?? throw new InvalidOperationException("The driver makes no connections.");
        try
        {
            var builder = driver.Factory.CreateConnectionStringBuilder() ?? [];
            Fill(builder, place, driver);
            connection.ConnectionString = builder.ConnectionString;
            await PrepareAsync(connection, place, cancel);
            // Many drivers open without ever giving the thread back.
            await Task.Run(() => connection.OpenAsync(cancel), cancel).WaitAsync(cancel);
            opening.Pass($"As {place.User}");
            return new DriverSession(connection, new SourceProduct(Spec.DisplayName, VersionOf(connection), driver.Manifest.Package, driver.Manifest.Version));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override Task BeginReadingAsync(SqlSession session, TimeSpan statementTimeout, CancellationToken cancel) => Task.CompletedTask;

    public override SourceFault FaultOf(Exception exception, string step, SqlPlace place) =>
        // Microsoft's driver for SQL Server refuses to work without the cultures of ICU, with which Assay does not start by default.
        exception is NotSupportedException && exception.Message.Contains("Globalization", StringComparison.Ordinal)
            ? new SourceFault(SourceFaultCode.Unsupported, step,
                "The driver needs cultures, which Assay runs without. Whoever runs this Assay installs libicu, sets System.Globalization.Invariant to false in assay.runtimeconfig.json, and starts it again.")
        : SqlFaults.Find<DbException>(exception) is { } answer && OfAnswer(answer, step, place) is { } fault ? fault
        : SqlFaults.Common(exception, step, place)
        ?? (exception is ArgumentException ? new SourceFault(SourceFaultCode.InvalidSettings, step, "The driver does not take these settings; the server log of Assay has the details.")
            : SqlFaults.Unknown(step, place, SqlFaults.Find<DbException>(exception)?.SqlState is { Length: > 0 } state ? $"SQLSTATE {state}" : null));

    /// <summary>Checks the host, and that something takes connections there: drivers say little about either.</summary>
    protected virtual async Task ReachAsync(SqlPlace place, SqlOpening opening, CancellationToken cancel)
    {
        var (host, port) = (place.Connection.Host!.Trim(), PortOf(place.Connection));
        opening.Begin(SqlSteps.Resolve);
        var verdict = await policy.ResolveAsync(host, port, cancel);
        if (!verdict.Allowed) throw new SourceException(verdict.Fault);
        opening.Pass(string.Join(", ", verdict.Addresses));
        opening.Begin(SqlSteps.Connect);
        using var socket = await GuardedTcp.ConnectAsync(verdict.Addresses, port, ConnectLimit, cancel);
        opening.Pass($"{socket.RemoteEndPoint}");
    }

    private static string VersionOf(DbConnection connection)
    {
        try
        {
            return connection.ServerVersion;
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException or NotImplementedException)
        {
            return "";
        }
    }
}
