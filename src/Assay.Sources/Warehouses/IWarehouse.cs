using Assay.Sources.Contract;

namespace Assay.Sources.Warehouses;

/// <summary>One vendor whose service is spoken to over HTTP.</summary>
internal interface IWarehouse
{
    ConnectorSpec Spec { get; }

    SqlDialect Dialect { get; }

    /// <summary>The dialect where it depends on the connection.</summary>
    SqlDialect DialectOf(WarehouseAccess access) => Dialect;

    /// <summary>Whether its sessions list many schemas at once.</summary>
    bool ListsTogether => false;

    /// <returns>The settings, or null and what is wrong with them.</returns>
    WarehouseAccess? Read(ConnectionSettings connection, out IReadOnlyList<SettingProblem> problems);

    /// <summary>Signs in.</summary>
    /// <param name="place">Where statements are to run; the vendor's default where a level is null.</param>
    /// <param name="http">For this session alone; the caller disposes it after the session.</param>
    /// <exception cref="WarehouseRefusal">The vendor said no.</exception>
    Task<IWarehouseSession> OpenAsync(WarehouseAccess access, WarehousePlace place, WarehouseHttp http, CancellationToken cancel);
}
