using Assay.Server.Connections;
using Assay.Server.Datastores;
using Assay.Server.Operations;
using Assay.Server.Store;
using Assay.Server.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Operations;

public sealed class DispatchTests(AssayServer assay)
{
    [Fact]
    public async Task Enqueue_OfAnUnknownDatastore_IsNotFound()
    {
        await using var scope = assay.Services.CreateAsyncScope();

        var outcome = await Enqueue(scope, 987_654_321);

        outcome.Failure!.Text.ShouldBe("Datastore id: 987654321 not found");
    }

    [Fact]
    public async Task Enqueue_InsideATransaction_IsDispatchedAfterItsCommit()
    {
        await using var scope = assay.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AssayDb>();
        var datastore = await MakeDatastore(db);
        await using var transaction = await db.Database.BeginTransactionAsync();

        (await Enqueue(scope, datastore)).Try(out var operation, out _).ShouldBeTrue();
        operation.Result.ShouldBe("queued");
        await transaction.CommitAsync();

        (await UntilEnded(operation.Id)).Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task Enqueue_OfTheSameWorkTwice_IsOneOperation()
    {
        await using var scope = assay.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AssayDb>();
        var datastore = await MakeDatastore(db);
        await using var transaction = await db.Database.BeginTransactionAsync();

        (await Enqueue(scope, datastore, "{}")).Try(out var first, out _).ShouldBeTrue();
        (await Enqueue(scope, datastore, """{"prune": false, "include": ["view", "table"]}""")).Try(out var second, out _).ShouldBeTrue();
        (await Enqueue(scope, datastore, """{"prune": true}""")).Try(out var other, out _).ShouldBeTrue();

        second.Id.ShouldBe(first.Id);
        other.Id.ShouldNotBe(first.Id);
    }

    private static Task<Web.Responses.Outcome<Operation>> Enqueue(AsyncServiceScope scope, long datastore, string settings = "{}") =>
        scope.ServiceProvider.GetRequiredService<OperationDesk>().EnqueueAsync(
            scope.ServiceProvider.GetRequiredService<AssayDb>(), datastore, "sync", settings, null, CancellationToken.None);

    private static async Task<long> MakeDatastore(AssayDb db)
    {
        var connection = new Connection { Name = $"dispatch {Guid.NewGuid()}", Type = "postgresql", StoreType = "jdbc", Created = DateTime.UtcNow };
        db.Add(connection);
        await db.SaveChangesAsync();
        var datastore = new Datastore
        {
            Name = connection.Name,
            ConnectionId = connection.Id,
            Type = "postgresql",
            StoreType = "jdbc",
            Created = DateTime.UtcNow,
        };
        db.Add(datastore);
        await db.SaveChangesAsync();
        return datastore.Id;
    }

    private async Task<Operation> UntilEnded(long id)
    {
        var contexts = assay.Services.GetRequiredService<IDbContextFactory<AssayDb>>();
        for (var i = 0; i < 1200; i++)
        {
            await using var db = await contexts.CreateDbContextAsync();
            if (await db.Set<Operation>().AsNoTracking().SingleAsync(o => o.Id == id) is { EndTime: not null } ended) return ended;
            await Task.Delay(50);
        }
        throw new Xunit.Sdk.XunitException($"Operation {id} did not end within a minute.");
    }
}
