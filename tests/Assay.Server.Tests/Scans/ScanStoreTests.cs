using Assay.Server.Operations.Running;
using Assay.Server.Operations.Scan;
using Assay.Server.Reading;
using Assay.Server.Scans.Results;
using Assay.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using static Assay.Server.Tests.Harness.TestChecks;

namespace Assay.Server.Tests.Scans;

/// <summary>Who may write what a scan found.</summary>
public sealed class ScanStoreTests(AssayServer assay)
{
    [Fact]
    public async Task Save_ByAnAttemptThatIsNoLongerTheCurrentOne_WritesNothing()
    {
        var (datastore, container) = await assay.SeedOrders();
        var check = await assay.CreateCheck(container, "notNull", ["name"]);
        var operation = await assay.SeedOperation(datastore); // it has ended: no attempt may write any more
        var services = assay.Services;
        var run = new OperationRun(new ClaimedOperation(operation, "scan", datastore, "{}", 1, null), services.GetRequiredService<OperationLease>());
        var stored = (await services.GetRequiredService<ContainerReader>().FindAsync(container, CancellationToken.None))!;
        var found = new ScannedContainer(1, true, false, new FoundCheckpoint("id", "1"),
            [new FoundAnomaly("record", [new FoundFailure(check.Id, "no value", null, null, null)], 1, 7, null, [new FoundRecord("{}", null)])],
            [new FoundResult(check.Id, FoundResult.Failed, null, 1, 1, null)], null);

        await Should.ThrowAsync<LeaseLostException>(() =>
            services.GetRequiredService<ScanStore>().SaveAsync(run, stored, ScanSettings.Parse("{}"), DateTime.UtcNow, found, CancellationToken.None));

        (await assay.Anomalies(datastore, "&archived=include")).ShouldBeEmpty();
        (await assay.Admin.Get($"/api/container-scans?container={container}")).Expect(200).Json["total"]!.GetValue<long>().ShouldBe(0);
        (await assay.Admin.Get($"{AllChecks}/{check.Id}")).Json["last_asserted"].ShouldBeNull();
    }
}
