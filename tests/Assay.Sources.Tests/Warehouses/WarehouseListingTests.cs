using Assay.Testing.Warehouses;

namespace Assay.Sources.Tests.Warehouses;

public sealed class WarehouseListingTests
{
    [Theory]
    [MemberData(nameof(Vendors.All), MemberType = typeof(Vendors))]
    public async Task ListContainersAsync_SomeNames_GivesThoseAlone(string type)
    {
        await using var vendor = await Vendor.StartAsync(type);
        await Shop.FillAsync(vendor.Database);
        var source = WarehouseSource.Of(vendor, "shop");
        var some = new ListOptions { Names = new HashSet<string> { "orders", "recent", "nowhere" } };

        (await source.ListAsync(some)).Select(c => c.Name).ShouldBe(["orders", "recent"]);
        (await source.ListAsync(some with { Views = false })).Select(c => c.Name).ShouldBe(["orders"]);
        (await source.ListAsync(some with { Tables = false })).Select(c => c.Name).ShouldBe(["recent"]);
    }
}
