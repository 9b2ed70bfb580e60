using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Datastores;

public sealed class DeleteManyTests(AssayServer assay)
{
    [Fact]
    public async Task DeleteMany_DeletesWhatCanBeAndSaysWhatStays()
    {
        var (store, kept) = (await assay.CreateEnrichmentStoreId(), await assay.CreateEnrichmentStoreId());
        var (one, two) = (await assay.CreateDatastoreId(("enrichment_datastore_id", store)), await assay.CreateDatastoreId());
        var outside = await assay.CreateDatastoreId(("enrichment_datastore_id", kept));

        // The store first: it goes all the same, since its source goes too.
        var result = (await assay.Admin.Delete(Stores, new JsonObject { ["ids"] = new JsonArray(store, one, two, kept, 999_999_999, one) })).Expect(200).Json;

        result["deleted"]!.AsArray().Select(id => (long)id!).ShouldBe([store, one, two]);
        result["errors"]!.AsArray().Select(e => (long)e!["id"]!).ShouldBe([kept, 999_999_999]);
        ((string)result["errors"]![0]!["error"]!).ShouldContain($"datastore ids {outside} are linked to it");
        ((string)result["errors"]![1]!["error"]!).ShouldBe("Datastore id: 999999999 not found");
        (await assay.Admin.Get($"{Stores}/{one}")).Expect(404);
        (await assay.Admin.Get($"{Stores}/{kept}")).Expect(200);
    }

    [Fact]
    public async Task DeleteMany_ByParameters_DoesTheSame()
    {
        var (one, two) = (await assay.CreateDatastoreId(), await assay.CreateDatastoreId());

        (await assay.Admin.Delete($"{Stores}?id={one}&id={two}")).Expect(200).Json["deleted"]!.AsArray().Count.ShouldBe(2);
        (await assay.Admin.Get($"{Stores}/{two}")).Expect(404);
    }

    [Fact]
    public async Task DeleteMany_ByABareList_DoesTheSame()
    {
        var (one, two) = (await assay.CreateDatastoreId(), await assay.CreateDatastoreId());

        (await assay.Admin.Delete(Stores, new JsonArray(one, two))).Expect(200).Json["deleted"]!.AsArray().Count.ShouldBe(2);
        (await assay.Admin.Delete(Stores, new JsonArray("x"))).Expect(422).Errors().Single().Loc.ShouldBe("body.0");
    }

    [Fact]
    public async Task DeleteMany_OfNothing_Is422()
    {
        (await assay.Admin.Delete(Stores, new JsonArray())).Expect(422);
        (await assay.Admin.Delete(Stores)).Expect(422).Errors().Single().Loc.ShouldBe("body.ids");
        (await assay.Admin.Delete(Stores, new JsonObject { ["ids"] = new JsonArray() })).Expect(422);
        (await assay.Admin.Delete(Stores, new JsonObject { ["ids"] = new JsonArray(0) })).Expect(422);
    }
}
