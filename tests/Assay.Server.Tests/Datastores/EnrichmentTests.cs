using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Datastores;

public sealed class EnrichmentTests(AssayServer assay)
{
    [Fact]
    public async Task Link_ThenAgain_ThenAnother_LinksKeepsAndSwitches()
    {
        var (one, two) = (await assay.CreateEnrichmentStoreId(), await assay.CreateEnrichmentStoreId());
        var source = await assay.CreateDatastoreId();

        var linked = (await Link(source, one)).Expect(200);
        var again = (await Link(source, one)).Expect(200);
        var switched = (await Link(source, two)).Expect(200);

        ((long?)linked.Json["enrich_datastore"]!["id"]).ShouldBe(one);
        again.Text.ShouldBe(linked.Text);
        ((long?)switched.Json["enrich_datastore"]!["id"]).ShouldBe(two);
        (await Linked(one)).ShouldBeEmpty();
        (await Linked(two)).ShouldBe([source]);
    }

    [Fact]
    public async Task Link_WithoutABody_ButAContentType_IsTaken()
    {
        var (enrichment, source) = (await assay.CreateEnrichmentStoreId(), await assay.CreateDatastoreId());
        var empty = new ByteArrayContent([]);
        empty.Headers.ContentType = new("application/json");

        (await assay.Admin.SendRaw(HttpMethod.Patch, $"{Stores}/{source}/enrichment/{enrichment}", empty)).Expect(200);
    }

    [Fact]
    public async Task Link_OfTheWrongKinds_Is409WithTheFixedText()
    {
        var (enrichment, other, source) = (await assay.CreateEnrichmentStoreId(), await assay.CreateEnrichmentStoreId(), await assay.CreateDatastoreId());

        (await Link(enrichment, other)).Expect(409).Detail.ShouldBe($"The datastore id: {enrichment} is an enrichment store");
        (await Link(source, await assay.CreateDatastoreId())).Expect(409).Detail!.ShouldEndWith("is not an enrichment store");
        (await Link(source, source)).Expect(409).Detail.ShouldBe($"The datastore id: {source} is not an enrichment store");
        (await Link(source, 999_999_999)).Expect(404).Detail.ShouldBe("Datastore id: 999999999 not found");
    }

    [Fact]
    public async Task Link_UnderAPrefixThatIsTakenThere_Is409_UntilItIsChanged()
    {
        var (enrichment, elsewhere) = (await assay.CreateEnrichmentStoreId(), await assay.CreateEnrichmentStoreId());
        var (first, second) = (await assay.CreateDatastoreId(("name", "Same Name")), await assay.CreateDatastoreId(("name", "same-name")));
        (await Link(first, enrichment)).Expect(200);

        (await Link(second, enrichment)).Expect(409).Detail!.ShouldStartWith($"Enrichment prefix: '_same_name' is already used by datastore id: {first}");
        (await Link(second, elsewhere)).Expect(200);
        (await assay.Admin.Put($"{Stores}/{second}", new JsonObject { ["enrichment_prefix"] = "Another" })).Expect(200);
        (await Link(second, enrichment)).Expect(200);
        (await assay.Admin.Put($"{Stores}/{second}", new JsonObject { ["enrichment_prefix"] = "same name" })).Expect(409);
        ((string?)(await assay.Admin.Get($"{Stores}/{second}")).Json["enrichment_prefix"]).ShouldBe("_another");
    }

    [Fact]
    public async Task Link_OfManyWithOnePrefixAtOnce_LetsOneIn()
    {
        var enrichment = await assay.CreateEnrichmentStoreId();
        var name = People.Unique("Race");
        var sources = new List<long>();
        for (var i = 0; i < 5; i++) sources.Add(await assay.CreateDatastoreId(("name", name)));

        var answers = await Task.WhenAll(sources.Select(s => Link(s, enrichment)));

        answers.Count(a => a.Code == 200).ShouldBe(1);
        answers.Count(a => a.Code == 409).ShouldBe(4);
    }

    [Fact]
    public async Task Unlink_ResetsTheStrategy_AndIsRightWhereNothingIsLinked()
    {
        var enrichment = await assay.CreateEnrichmentStoreId();
        var source = await assay.CreateDatastoreId(("enrichment_datastore_id", enrichment), ("enrichment_remediation_strategy", "overwrite"));

        (await assay.Admin.Delete($"{Stores}/{source}/enrichment")).Expect(204).Text.ShouldBeEmpty();
        (await assay.Admin.Delete($"{Stores}/{source}/enrichment")).Expect(204);

        var after = (await assay.Admin.Get($"{Stores}/{source}")).Json;
        after["enrich_datastore"].ShouldBeNull();
        ((string?)after["enrichment_remediation_strategy"]).ShouldBe("none");
    }

    [Fact]
    public async Task Linking_NeedsEditorOnTheSourceAndSightOfTheStore_UnlinkingAnAdmin()
    {
        var (source, enrichment) = (await assay.CreateDatastoreId(("teams", Names(People.Unique("S")))), await assay.CreateEnrichmentStoreId(("teams", Names(People.Unique("E")))));
        var editor = await assay.CreateUser("Member", await assay.CreateTeam("Editor", source));
        var reporter = await assay.CreateUser("Member", await assay.CreateTeam("Reporter", source, enrichment));
        var both = await assay.CreateUser("Member", await assay.CreateTeam("Editor", source), await assay.CreateTeam("Reporter", enrichment));

        (await editor.Api.Patch($"{Stores}/{source}/enrichment/{enrichment}")).Expect(404).Detail.ShouldBe($"Datastore id: {enrichment} not found");
        (await reporter.Api.Patch($"{Stores}/{source}/enrichment/{enrichment}")).Expect(403);
        (await both.Api.Patch($"{Stores}/{source}/enrichment/{enrichment}")).Expect(200);
        (await both.Api.Delete($"{Stores}/{source}/enrichment")).Expect(403);
    }

    [Fact]
    public async Task LinkedDatastores_ShowAMemberOnlyWhatTheyMaySee()
    {
        var enrichment = await assay.CreateEnrichmentStoreId();
        var (seen, hidden) = (await assay.CreateDatastoreId(("teams", Names(People.Unique("A")))), await assay.CreateDatastoreId(("teams", Names(People.Unique("B")))));
        foreach (var source in new[] { seen, hidden }) (await Link(source, enrichment)).Expect(200);
        var member = await assay.CreateMember("Reporter", seen, enrichment);

        (await Linked(enrichment)).ShouldBe([seen, hidden], ignoreOrder: true);
        (await member.Api.Get($"{Stores}/{enrichment}")).Expect(200).Json["linked_datastores"]!.AsArray().Select(d => (long)d!["id"]!).ShouldBe([seen]);
    }

    [Fact]
    public async Task EnrichmentOnly_CannotBeChangedAgainstALink()
    {
        var enrichment = await assay.CreateEnrichmentStoreId();
        var source = await assay.CreateDatastoreId(("enrichment_datastore_id", enrichment));

        (await assay.Admin.Put($"{Stores}/{source}", new JsonObject { ["enrichment_only"] = true })).Expect(409);
        (await assay.Admin.Put($"{Stores}/{enrichment}", new JsonObject { ["enrichment_only"] = false })).Expect(409).Detail!.ShouldContain($"{source}");
        (await assay.Admin.Delete($"{Stores}/{source}/enrichment")).Expect(204);
        var turned = (await assay.Admin.Put($"{Stores}/{enrichment}", new JsonObject { ["enrichment_only"] = false })).Expect(200).Json;
        ((string?)turned["enrichment_prefix"])!.ShouldStartWith("_store_");
        ((bool?)(await assay.Admin.Put($"{Stores}/{source}", new JsonObject { ["enrich_only"] = true })).Expect(200).Json["enrichment_only"]).ShouldBe(true);
    }

    [Theory]
    [InlineData("Analytics Bronze", "_analytics_bronze")]
    [InlineData("_production_sales", "_production_sales")]
    [InlineData("  A--B..C  ", "_a_b_c")]
    [InlineData("売上 2026", "_売上_2026")]
    [InlineData("🚀", "_datastore")]
    public async Task Prefix_MadeFromTheName_IsSnakeCaseWithAnUnderscore(string name, string prefix) =>
        ((string?)(await assay.CreateDatastore(("name", name)))["enrichment_prefix"]).ShouldBe(prefix);

    [Fact]
    public async Task Prefix_OfALongName_FitsAndComesBackAsItIs()
    {
        var store = await assay.CreateDatastore(("name", new string('x', 255)));
        var prefix = (string)store["enrichment_prefix"]!;

        prefix.Length.ShouldBe(60);
        ((string?)(await assay.Admin.Put($"{Stores}/{store["id"]}", new JsonObject { ["enrichment_prefix"] = prefix })).Expect(200).Json["enrichment_prefix"]).ShouldBe(prefix);
    }

    private Task<Answer> Link(long source, long enrichment) => assay.Admin.Patch($"{Stores}/{source}/enrichment/{enrichment}");

    private async Task<IEnumerable<long>> Linked(long id) =>
        (await assay.Admin.Get($"{Stores}/{id}")).Expect(200).Json["linked_datastores"]!.AsArray().Select(d => (long)d!["id"]!);
}
