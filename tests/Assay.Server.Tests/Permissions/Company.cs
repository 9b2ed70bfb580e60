using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Permissions;

/// <summary>
/// Everyone who can stand before the API, one of each, and a team per permission. Callers with a team permission have it through a team
/// of their own; a datastore of the company belongs to all these teams and to no other.
/// </summary>
public sealed class Company(AssayServer assay) : IAsyncLifetime
{
    private readonly Dictionary<string, TestTeam> teams = [];

    public AssayServer Assay => assay;

    /// <summary>In the order of the matrix's columns.</summary>
    public IReadOnlyList<(string Name, Api Api)> Callers { get; private set; } = [];

    public TestTeam Team(string permission) => teams[permission];

    public long ConnectionId { get; private set; }

    public async ValueTask InitializeAsync()
    {
        foreach (var permission in new[] { "Reporter", "Viewer", "Drafter", "Author", "Editor" }) teams[permission] = await assay.CreateTeam(permission);
        ConnectionId = await assay.SeedConnection();
        var revoked = await assay.CreateUser("Admin");
        await assay.Admin.Put($"/api/user-tokens/{revoked.TokenId}", new JsonObject { ["revoke"] = true });
        var deactivated = await assay.CreateUser("Admin");
        await assay.Admin.Put($"/api/users/{deactivated.Id}", new JsonObject { ["deactivated"] = true });
        Callers =
        [
            ("anonymous", assay.ClientFor(null)),
            ("revoked token of an Admin", revoked.Api),
            ("deactivated Admin", deactivated.Api),
            ("Member without team", (await assay.CreateUser()).Api),
            ("Member, Reporter", (await assay.CreateUser("Member", Team("Reporter"))).Api),
            ("Member, Viewer", (await assay.CreateUser("Member", Team("Viewer"))).Api),
            ("Member, Drafter", (await assay.CreateUser("Member", Team("Drafter"))).Api),
            ("Member, Author", (await assay.CreateUser("Member", Team("Author"))).Api),
            ("Member, Editor", (await assay.CreateUser("Member", Team("Editor"))).Api),
            ("service account, Member, Editor", (await assay.CreateServiceAccount("Member", Team("Editor"))).Api),
            ("Manager without team", (await assay.CreateUser("Manager")).Api),
            ("Manager, Reporter", (await assay.CreateUser("Manager", Team("Reporter"))).Api),
            ("Manager, Editor", (await assay.CreateUser("Manager", Team("Editor"))).Api),
            ("Admin without team", (await assay.CreateUser("Admin")).Api),
        ];
    }

    public Task<long> Datastore() => assay.SeedDatastore(ConnectionId, teams.Values.Select(t => t.Id));
    /// <summary>An enrichment store of the company that can be written.</summary>
    public Task<long> EnrichmentStore() => assay.CreateEnrichmentStoreId(("teams", TestDatastores.Names([.. teams.Values.Select(t => t.Name)])));

    /// <summary>Brings checks from a container of the company to another one.</summary>
    public async Task<Answer> Promote(Api api)
    {
        var datastore = await Datastore();
        return await api.Post("/api/operations/run", new JsonObject
        {
            ["type"] = "promote_quality_check",
            ["datastore_id"] = datastore,
            ["container_id"] = (await assay.SeedTable(datastore)).Container,
            ["destination_container_id"] = await Container(),
        });
    }

    /// <summary>An operation that has ended, on a datastore of the company.</summary>
    public async Task<long> Operation() => await assay.SeedOperation(await Datastore());

    public async Task<long> Container() => (await assay.SeedTable(await Datastore())).Container;
    public async Task<long> Field() => (await assay.SeedTable(await Datastore())).Field;

    /// <summary>A check on a container of the company.</summary>
    public async Task<long> Check(string status = "Active") =>
        (await assay.CreateCheck(await Container(), "notNull", ["column"], null, new() { ["status"] = status })).Id;

    /// <summary>An anomaly of a check of the company.</summary>
    public async Task<long> Anomaly()
    {
        var container = await Container();
        return await assay.SeedAnomaly(container, (await assay.CreateCheck(container, "notNull", ["column"])).Id, """{"column":"one"}""");
    }

    public async Task<long> ComputedField() => await assay.SeedComputedField(await Container());
    public async Task<long> ContainerScan() => await assay.SeedContainerScan(await Container());

    public async Task<long> Template() => (await assay.Admin.Post("/api/quality-check-templates",
        new JsonObject { ["rule"] = "notNull", ["description"] = People.Unique("template"), ["template_locked"] = false })).Expect(200).Id;

    public async Task<long> Partition() => await assay.SeedPartition(await Container());

    /// <summary>The two fields that a renamed column leaves behind, as the query that joins them.</summary>
    public async Task<string> RenamedField()
    {
        var (container, source) = await assay.SeedTable(await Datastore());
        await assay.SetFieldStatus(source, "missing");
        return $"source_field_id={source}&target_field_id={await assay.SeedField(container, "renamed")}";
    }

    public async Task<long> Group() => (await assay.Admin.Post("/api/datastore-groups", new JsonObject { ["name"] = People.Unique("group") })).Expect(200).Id;

    /// <summary>A tag's name, ready for a path.</summary>
    public async Task<string> Tag()
    {
        var name = People.Unique("tag");
        (await assay.Admin.Post("/api/global-tags", new JsonObject { ["name"] = name, ["type"] = "global" })).Expect(200);
        return Uri.EscapeDataString(name);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
