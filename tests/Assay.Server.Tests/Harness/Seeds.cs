using Assay.Server.Anomalies;
using Assay.Server.Connections;
using Assay.Server.Containers;
using Assay.Server.Datastores;
using Assay.Server.Fields;
using Assay.Server.Fields.Computed;
using Assay.Server.Operations;
using Assay.Server.Profiles;
using Assay.Server.Scans;
using Assay.Server.Store;
using Assay.Server.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Harness;

/// <summary>Puts datastores into the metadata store without a source behind them, for tests that are not about sources.</summary>
internal static class Seeds
{
    /// <summary>A connection to a port where nobody listens.</summary>
    public static async Task<long> SeedConnection(this AssayServer assay)
    {
        await using var db = await OpenAsync(assay);
        var connection = new Connection
        {
            Name = People.Unique("Connection"),
            Type = "postgresql",
            StoreType = "jdbc",
            Host = "127.0.0.1",
            Port = 9,
            Username = "nobody",
            Created = DateTime.UtcNow,
            Updated = DateTime.UtcNow,
        };
        db.Add(connection);
        await db.SaveChangesAsync();
        return connection.Id;
    }

    /// <summary>A datastore of these teams and of no other, Public neither.</summary>
    public static async Task<long> SeedDatastore(this AssayServer assay, long connectionId, IEnumerable<long> teamIds, bool enrichmentOnly = false)
    {
        await using var db = await OpenAsync(assay);
        await using var transaction = await db.Database.BeginTransactionAsync();
        var datastore = new Datastore
        {
            Name = People.Unique("Datastore"),
            ConnectionId = connectionId,
            Type = "postgresql",
            StoreType = "jdbc",
            Database = "nowhere",
            Schema = "public",
            EnrichmentOnly = enrichmentOnly,
            Created = DateTime.UtcNow,
            Updated = DateTime.UtcNow,
        };
        db.Add(datastore);
        await db.SaveChangesAsync();
        db.AddRange(teamIds.Select(id => new TeamDatastore { TeamId = id, DatastoreId = datastore.Id }));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return datastore.Id;
    }

    /// <summary>A failed sync of a datastore, as if it had been run.</summary>
    public static async Task<long> SeedOperation(this AssayServer assay, long datastoreId)
    {
        await using var db = await OpenAsync(assay);
        var now = DateTime.UtcNow;
        var operation = new Operation
        {
            Type = "sync",
            DatastoreId = datastoreId,
            Result = OperationResult.Failure,
            Settings = "{}",
            TriggeredBy = "System",
            Created = now,
            StartTime = now,
            EndTime = now,
        };
        db.Add(operation);
        await db.SaveChangesAsync();
        return operation.Id;
    }

    /// <summary>An operation that a worker elsewhere is at, until <see cref="EndSeeded"/>.</summary>
    public static async Task<long> SeedRunning(this AssayServer assay, long datastoreId, string type)
    {
        await using var db = await OpenAsync(assay);
        var operation = new Operation
        {
            Type = type,
            DatastoreId = datastoreId,
            Result = OperationResult.Running,
            Settings = "{}",
            Created = DateTime.UtcNow,
            StartTime = DateTime.UtcNow,
            Worker = "elsewhere",
            Heartbeat = DateTime.UtcNow.AddDays(1),
        };
        db.Add(operation);
        await db.SaveChangesAsync();
        return operation.Id;
    }

    public static async Task EndSeeded(this AssayServer assay, long operation)
    {
        await using var db = await OpenAsync(assay);
        await db.Set<Operation>().Where(o => o.Id == operation).ExecuteUpdateAsync(set => set.SetProperty(o => o.Result, OperationResult.Success).SetProperty(o => o.EndTime, DateTime.UtcNow));
    }

    /// <summary>A table with one column, as if a sync had found it.</summary>
    public static async Task<(long Container, long Field)> SeedTable(this AssayServer assay, long datastoreId)
    {
        await using var db = await OpenAsync(assay);
        var container = new Container
        {
            DatastoreId = datastoreId,
            Name = People.Unique("table"),
            ContainerType = "table",
            TableType = "table",
            Created = DateTime.UtcNow,
            Updated = DateTime.UtcNow,
        };
        db.Add(container);
        await db.SaveChangesAsync();
        var field = new Field { ContainerId = container.Id, Name = "column", Type = "String", Created = DateTime.UtcNow };
        db.Add(field);
        await db.SaveChangesAsync();
        return (container.Id, field.Id);
    }

    /// <summary>A table with these columns, as if a sync had found it.</summary>
    public static async Task<long> SeedTable(this AssayServer assay, long datastoreId, params (string Name, string Type)[] columns)
    {
        await using var db = await OpenAsync(assay);
        var now = DateTime.UtcNow;
        var container = new Container { DatastoreId = datastoreId, Name = People.Unique("table"), ContainerType = "table", TableType = "table", FieldCount = columns.Length, Created = now, Updated = now };
        db.Add(container);
        await db.SaveChangesAsync();
        db.AddRange(columns.Select((column, i) => new Field { ContainerId = container.Id, Name = column.Name, Ordinal = i + 1, Type = column.Type, Created = now }));
        await db.SaveChangesAsync();
        return container.Id;
    }

    /// <summary>An open record anomaly of a check, as if a scan had found it.</summary>
    public static async Task<long> SeedAnomaly(this AssayServer assay, long containerId, long checkId, params string[] records)
    {
        await using var db = await OpenAsync(assay);
        var now = DateTime.UtcNow;
        var anomaly = new Anomaly
        {
            Uuid = Guid.NewGuid().ToString(),
            ContainerId = containerId,
            Type = Anomaly.Record,
            Message = "There is no assigned value",
            Status = AnomalyStatus.Active,
            AnomalousRecordsCount = records.Length,
            Fingerprint = 42,
            Weight = 10 + records.Length,
            Created = now,
            Updated = now,
        };
        db.Add(anomaly);
        await db.SaveChangesAsync();
        db.Add(new FailedCheck { AnomalyId = anomaly.Id, CheckId = checkId, Message = anomaly.Message });
        db.AddRange(records.Select((record, i) => new SourceRecord { AnomalyId = anomaly.Id, Position = i, ContainerId = containerId, Record = record }));
        await db.SaveChangesAsync();
        return anomaly.Id;
    }

    /// <summary>A computed field that no profile has seen.</summary>
    public static async Task<long> SeedComputedField(this AssayServer assay, long containerId)
    {
        await using var db = await OpenAsync(assay);
        var now = DateTime.UtcNow;
        var field = new ComputedField { ContainerId = containerId, Name = People.Unique("computed"), Transformation = "customExpression", Properties = """{"column_expression": "1"}""", Created = now, Updated = now };
        db.Add(field);
        await db.SaveChangesAsync();
        return field.Id;
    }

    public static async Task<long> SeedField(this AssayServer assay, long containerId, string name)
    {
        await using var db = await OpenAsync(assay);
        var field = new Field { ContainerId = containerId, Name = name, Type = "String", Ordinal = 2, Created = DateTime.UtcNow };
        db.Add(field);
        await db.SaveChangesAsync();
        return field.Id;
    }

    /// <summary>Sets the state of a field as a sync would.</summary>
    public static async Task SetFieldStatus(this AssayServer assay, long fieldId, string status)
    {
        await using var db = await OpenAsync(assay);
        await db.Set<Field>().Where(f => f.Id == fieldId).ExecuteUpdateAsync(set => set.SetProperty(f => f.Status, status));
    }

    public static async Task<long> SeedPartition(this AssayServer assay, long containerId)
    {
        await using var db = await OpenAsync(assay);
        var partition = new Partition { ContainerId = containerId, Name = People.Unique("partition"), Created = DateTime.UtcNow };
        db.Add(partition);
        await db.SaveChangesAsync();
        return partition.Id;
    }

    /// <summary>What a scan came to on a container, as if it had been run.</summary>
    public static async Task<long> SeedContainerScan(this AssayServer assay, long containerId)
    {
        await using var db = await OpenAsync(assay);
        var scan = new ContainerScan { ContainerId = containerId, Created = DateTime.UtcNow, Result = OperationResult.Success };
        db.Add(scan);
        await db.SaveChangesAsync();
        return scan.Id;
    }

    /// <summary>A measurement so many days ago for each number of rows, the last of them yesterday.</summary>
    public static async Task SeedMeasurements(this AssayServer assay, long containerId, params long[] rows)
    {
        await using var db = await OpenAsync(assay);
        db.AddRange(rows.Select((count, i) =>
        {
            var time = DateTime.UtcNow.AddDays(i - rows.Length);
            return new Measurement { ContainerId = containerId, Day = (long)(time - DateTime.UnixEpoch).TotalDays, Created = time, MeasurementTime = time, RowCount = count };
        }));
        await db.SaveChangesAsync();
    }

    private static Task<AssayDb> OpenAsync(AssayServer assay) =>
        assay.Services.GetRequiredService<IDbContextFactory<AssayDb>>().CreateDbContextAsync();
}
