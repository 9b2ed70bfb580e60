using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Assay.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.OpenApi;

public sealed class ApiDocumentTests(AssayServer assay)
{
    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    [Fact]
    public async Task Document_WithoutToken_IsOpenApi31()
    {
        var answer = await assay.ClientFor(null).Get("/api/openapi.json");

        answer.Expect(200).MediaType.ShouldBe("application/json");
        ((string?)answer.Json["openapi"]).ShouldBe("3.1.1");
        ((string?)answer.Json["info"]!["license"]!["identifier"]).ShouldBe("Apache-2.0");
        ((string?)answer.Json["components"]!["securitySchemes"]!["token"]!["scheme"]).ShouldBe("bearer");
    }

    /// <summary>The official client refuses the whole document for one path that is not as it expects.</summary>
    [Fact]
    public async Task Paths_AreWhatTheOfficialClientReads()
    {
        var paths = (await Document())["paths"].ShouldBeOfType<JsonObject>();

        paths.ShouldNotBeEmpty();
        foreach (var (path, item) in paths)
        {
            path.ShouldStartWith("/api");
            foreach (var (method, operation) in item.ShouldBeOfType<JsonObject>(path))
            {
                Methods.ShouldContain(method);
                operation.ShouldBeOfType<JsonObject>($"{method} {path}");
            }
        }
    }

    [Fact]
    public async Task Document_HoldsEveryRoute()
    {
        var documented = (await Document())["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => $"{o.Key} {p.Key}")).ToHashSet();

        var missing = Routes().Where(route => !documented.Contains(route)).Except(["get /api/openapi.json", "get /api/docs", "get /api/docs/{file}"]);

        missing.ShouldBeEmpty();
    }

    [Fact]
    public async Task OperationIds_AreUnique()
    {
        var ids = await Operations(operation => (string)operation["operationId"]!);

        ids.ShouldBeUnique();
        ids.ShouldAllBe(id => id.All(c => char.IsAsciiLetterLower(c) || c == '_'));
    }

    [Fact]
    public async Task Examples_FitTheirSchemas()
    {
        var document = await Document();
        var bodies = await Operations(operation => operation);
        var contents = bodies.Select(o => o["requestBody"])
            .Concat(bodies.SelectMany(o => o["responses"]!.AsObject().Select(r => r.Value)))
            .OfType<JsonNode>().Select(body => JsonSchema.Resolve(document, body)["content"]?["application/json"]).OfType<JsonNode>()
            .Where(content => content["example"] is not null).Distinct().ToList();

        contents.Count.ShouldBeGreaterThan(10);
        contents.SelectMany(c => JsonSchema.Problems(document, c["schema"]!, c["example"], c["example"]!.ToJsonString())).ShouldBeEmpty();
    }

    [Fact]
    public async Task AnswersAboutTheMainThings_HaveAnExample()
    {
        string[] main = ["datastores", "connections", "containers", "fields", "operations", "groups", "tags", "teams", "users", "tokens", "partitions"];

        var without = await Operations(o => main.Contains(((string)o["operationId"]!).Split('_')[0])
            && o["responses"]!.AsObject().Any(r => r.Key[0] == '2' && r.Value!["content"]?["application/json"] is { } answer && answer["example"] is null) ? (string)o["operationId"]! : null);

        without.Except(Elsewhere).ShouldBeEmpty("add src/Assay.Server/OpenApi/Examples/schema.<name>.json, or <operation id>.<status>.json");
    }

    /// <summary>Answers of the main resources whose shape says all there is to say.</summary>
    private static readonly string[] Elsewhere = ["containers_preview", "datastores_delete_many"];

    [Fact]
    public async Task EveryRequestBody_HasAnExample()
    {
        var without = await Operations(o => o["requestBody"] is { } body && body["content"]!["application/json"]!["example"] is null ? (string)o["operationId"]! : null);

        without.ShouldBeEmpty("add src/Assay.Server/OpenApi/Examples/<operation id>.request.json");
    }

    [Fact]
    public async Task CommittedDocument_IsCurrent()
    {
        var committed = await File.ReadAllTextAsync(Path.Combine(Repository.Folder, "docs", "openapi.json"));

        (await assay.Admin.Get("/api/openapi.json")).Text.ShouldBe(committed, "docs/openapi.json is stale. Run: scripts/update-openapi");
    }

    private async Task<JsonNode> Document() => (await assay.Admin.Get("/api/openapi.json")).Json;

    private async Task<List<T>> Operations<T>(Func<JsonNode, T?> pick) where T : class =>
        [.. (await Document())["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject()).Select(o => pick(o.Value!)).OfType<T>()];

    private IEnumerable<string> Routes() =>
        from endpoint in assay.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        let path = string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p =>
            p is Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter ? $"{{{parameter.Name}}}" : ((Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart)p).Content))))
        select $"{method.ToLowerInvariant()} /{path}";
}
