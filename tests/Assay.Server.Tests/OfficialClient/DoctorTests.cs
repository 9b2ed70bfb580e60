using System.Text.RegularExpressions;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.OfficialClient;

/// <summary>The official client's health check, and the reference's readiness check.</summary>
public sealed partial class DoctorTests(AssayServer assay)
{
    /// <summary>What the health check requires, parameters without their names.</summary>
    private const string Required = """
        GET PATCH DELETE /anomalies
        GET PUT DELETE /anomalies/{}
        POST /computed-fields
        PUT /computed-fields/{}
        GET POST /connections
        GET PUT DELETE /connections/{}
        POST /connections/{}/test
        GET POST PATCH /containers
        GET /containers/listing
        POST /containers/validate
        GET PUT DELETE /containers/{}
        GET /containers/{}/field-profiles
        GET POST /datastores
        GET PUT DELETE /datastores/{}
        POST /datastores/{}/connection
        DELETE /datastores/{}/enrichment
        PATCH /datastores/{}/enrichment/{}
        POST /export/anomalies
        POST /export/checks
        POST /export/check-templates
        POST /export/field-profiles
        GET POST /global-tags
        GET DELETE /global-tags/{}
        GET /operations
        POST /operations/run
        GET /operations/{}
        PUT /operations/abort/{}
        GET POST DELETE /quality-checks
        GET PUT DELETE /quality-checks/{}
        POST /quality-check-templates
        GET /teams
        GET /teams/{}
        GET /users
        GET /users/{}
        """;

    [Fact]
    public async Task HealthCheck_FindsEveryOperation()
    {
        using var cli = Client();
        var required = Required.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .SelectMany(words => words[..^1].Select(method => $"{method} {words[^1]}")).ToArray();
        required.Length.ShouldBe(54);

        var known = new HashSet<string>();
        foreach (var (path, item) in (await cli.Get("openapi.json"))!["paths"]!.AsObject())
            foreach (var (method, operation) in item!.AsObject())
            {
                operation!.AsObject(); // one that is none makes the whole document invalid to the client
                known.Add($"{method.ToUpperInvariant()} {Parameter().Replace(path, "{}")}".Replace(" /api/", " /"));
            }

        required.Except(known).ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadinessCheck_PassesWithoutATokenOnItsFirstTwoCalls()
    {
        using var anyone = new HttpClient { BaseAddress = assay.Url };
        ((int)(await anyone.GetAsync("/api/health")).StatusCode).ShouldBe(204);
        var status = System.Text.Json.Nodes.JsonNode.Parse(await anyone.GetStringAsync("/api/status"))!;
        ((string?)status["database_connection"], (string?)status["rabbitmq_connection"]).ShouldBe(("OK", "OK"));

        using var cli = Client();
        var me = (await cli.Get("users/me"))!;
        ((string?)me["name"]).ShouldNotBeNullOrEmpty();
        ((string?)me["role"]).ShouldBe("Admin");
        (await cli.Get("operations?size=1"))!["total"].ShouldNotBeNull();
    }

    private CliClient Client() => new(assay.Url, assay.Admin.Http.DefaultRequestHeaders.Authorization!.Parameter!);

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
