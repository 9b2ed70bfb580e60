using System.Runtime.CompilerServices;
using Assay.Sources.Contract;
using Assay.Sources.Network;
using Microsoft.Extensions.Options;

namespace Assay.Sources.Warehouses;

/// <summary>The way to a vendor: settings checked, through the host policy, signed in. Tests, discovery, listings and reads all come this way.</summary>
internal sealed class WarehouseDoor(HostPolicy policy, GuardedHttp http, WarehouseLog log, IOptions<SourcesOptions> options, TimeProvider time)
{
    public WarehouseLog Log => log;
    public HostPolicy Policy => policy;
    public TimeProvider Time => time;

    /// <exception cref="SourceException">The settings are not as they should be.</exception>
    public WarehouseAccess Checked(IWarehouse warehouse, ConnectionSettings settings)
    {
        var access = warehouse.Read(settings, out var problems) ?? throw Invalid(Sentence(problems[0]));
        return access with { StatementTimeout = access.StatementTimeout ?? options.Value.StatementTimeout };
    }

    /// <exception cref="SourceException">It did not work.</exception>
    public Task<OpenedWarehouse> OpenAsync(IWarehouse warehouse, WarehouseAccess access, WarehousePlace place, CancellationToken cancel) =>
        log.GuardAsync(() => SignInAsync(warehouse, access, place, cancel), WarehouseSteps.SignIn, access, place, cancel);

    /// <summary>Signs in; failures come as they are.</summary>
    public async Task<OpenedWarehouse> SignInAsync(IWarehouse warehouse, WarehouseAccess access, WarehousePlace place, CancellationToken cancel)
    {
        var line = new WarehouseHttp(http, access, time);
        try
        {
            return new OpenedWarehouse(await warehouse.OpenAsync(access, place, line, cancel), line);
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    /// <summary>The rows of one statement in a session of its own.</summary>
    /// <param name="within">Whether names without a schema mean the place's: a user's own query has such.</param>
    public async IAsyncEnumerable<string?[]> RowsAsync(
        IWarehouse warehouse, WarehouseAccess access, WarehousePlace place, string sql, bool within, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var opened = await OpenAsync(warehouse, access, place, cancel);
        await using var rows = opened.Session.QueryAsync(within ? place : new WarehousePlace(), sql, cancel).GetAsyncEnumerator(cancel);
        while (await log.GuardAsync(async () => await rows.MoveNextAsync(), WarehouseSteps.Rows, access, place, cancel))
            yield return rows.Current;
    }

    public static string Sentence(SettingProblem problem) => $"{string.Join('.', problem.Field)}: {problem.Message}";

    public static SourceException Invalid(string message) => new(new SourceFault(SourceFaultCode.InvalidSettings, WarehouseSteps.Settings, message));
}
