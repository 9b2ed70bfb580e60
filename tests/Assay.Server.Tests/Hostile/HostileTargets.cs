using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Tests.Hostile;

/// <summary>A server of its own with one thing of every kind to aim at.</summary>
public sealed class HostileTargets : IAsyncLifetime
{
    private readonly Dictionary<string, long> targets = [];

    public AssayServer Assay { get; } = new();
    internal RequestBodies Bodies { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Assay.InitializeAsync();
        var user = await Assay.CreateUser();
        targets["users"] = user.Id;
        targets["user-tokens"] = user.TokenId;
        targets["teams"] = (await Assay.CreateTeam("Viewer")).Id;
        targets["connections"] = await Assay.SeedConnection();
        targets["datastores"] = targets["datastore_id"] = await Assay.SeedDatastore(targets["connections"], [targets["teams"]]);
        targets["enrichment_id"] = await Assay.SeedDatastore(targets["connections"], [targets["teams"]], enrichmentOnly: true);
        targets["operations"] = await Assay.SeedOperation(targets["datastores"]);
        (targets["containers"], targets["fields"]) = await Assay.SeedTable(targets["datastores"]);
        targets["datastore-groups"] = (await Assay.Admin.Post("/api/datastore-groups", new JsonObject { ["name"] = "target" })).Expect(200).Id;
        (await Assay.Admin.Post("/api/global-tags", new JsonObject { ["name"] = "target", ["type"] = "global" })).Expect(200);
        Bodies = new RequestBodies(new Dictionary<string, JsonNode>
        {
            // A source that refuses at once, so that no attempt waits for a test of it.
            ["type"] = "postgresql",
            ["host"] = "127.0.0.1",
            ["port"] = 9,
            ["username"] = "nobody",
            ["password"] = "p",
            ["connection_id"] = targets["connections"],
            ["datastore_id"] = targets["datastores"],
        });
    }

    /// <summary>The route's path with the ids of things that are there.</summary>
    internal string Path(RouteEndpoint route)
    {
        var collection = route.Path().Split('/').ElementAtOrDefault(2) ?? "";
        return RoutePaths.Fill(route, name => name == "name" ? "target" : targets.GetValueOrDefault(name, targets.GetValueOrDefault(collection, 1)).ToString());
    }

    public ValueTask DisposeAsync() => Assay.DisposeAsync();
}
