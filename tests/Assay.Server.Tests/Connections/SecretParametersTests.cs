using System.Text.Json;
using Assay.Server.Connections;
using Assay.Server.Connections.SecretsManagers;
using Assay.Server.Web.Requests;
using Assay.Sources.Contract;

namespace Assay.Server.Tests.Connections;

/// <summary>Secrets inside <c>parameters</c>, for a connector that has some.</summary>
public sealed class SecretParametersTests
{
    private static readonly ConnectorSpec Spec = new()
    {
        Type = "dremio",
        DisplayName = "Dremio",
        StoreType = StoreType.Jdbc,
        SupportsEnrichment = false,
        Properties =
        [
            new() { Field = "role", MapTo = "parameters", Title = "Role" },
            new() { Field = "project_id", MapTo = "parameters", Title = "Project" },
            new() { Field = "authentication_type", MapTo = "parameters", Title = "Authentication" },
            new() { Field = "personal_access_token", MapTo = "parameters", Title = "Token", Secret = true },
            new() { Field = "license", MapTo = "parameters", Title = "License", Secret = true },
        ],
    };

    [Fact]
    public void Of_ParametersWithSecrets_TakesThemOutOfThePlainOnes()
    {
        var request = Read("""{"type":"dremio","parameters":{"role":"r","license":"L","token":"T","personal_access_token":"***"}}""");

        var writes = SecretWrites.Of(request, Spec);

        writes.Sent.ToDictionary(s => s.Key, s => s.Value?.Reveal()).ShouldBe(
            new Dictionary<string, string?> { ["parameters.license"] = "L", ["parameters.token"] = "T" }, ignoreOrder: true);
        writes.Masked.ShouldBe(["parameters.personal_access_token"]);
        ConnectionParameters.After(request, Spec, """{"old":1}""").ShouldBe("""{"role":"r"}""");
    }

    [Fact]
    public void Of_ParametersWithoutTheSecret_KeepsIt()
    {
        SecretWrites.Of(Read("""{"type":"dremio","parameters":{"role":"r"}}"""), Spec).Sent.ShouldBeEmpty();
        SecretWrites.Of(Read("""{"type":"dremio","parameters":{"license":null}}"""), Spec).Sent.ShouldContain(s => s.Key == "parameters.license" && s.Value == null);
    }

    [Fact]
    public void Of_KeysAtTheTopLevel_PutsThemWhereTheyBelong()
    {
        var request = Read("""{"type":"dremio","project_id":"p","unknown":1,"authentication":{"type":"access_token","personal_access_token":"PAT"}}""");

        SecretWrites.Of(request, Spec).Sent["parameters.personal_access_token"]!.Reveal().ShouldBe("PAT");
        JsonSerializer.Deserialize<Dictionary<string, string>>(ConnectionParameters.After(request, Spec, "{}")).ShouldBe(
            new Dictionary<string, string> { ["project_id"] = "p", ["authentication_type"] = "access_token" }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("$", """{"a":1}""", """{"a":1}""")]
    [InlineData("$.a.b", """{"a":{"b":"x"}}""", "\"x\"")]
    [InlineData("$['a b'][1].c", """{"a b":[0,{"c":2}]}""", "2")]
    [InlineData("$.a[3]", """{"a":[1]}""", null)]
    [InlineData("$.a.b", """{"a":"text"}""", null)]
    public void Find_ByJsonPath_IsThatPlaceOrNothing(string path, string json, string? expected)
    {
        JsonPath.TryParse(path, out var parsed).ShouldBeTrue();

        parsed!.Find(JsonSerializer.Deserialize<JsonElement>(json))?.GetRawText().ShouldBe(expected);
        (parsed.Find(JsonSerializer.Deserialize<JsonElement>(json)) is null).ShouldBe(expected is null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("$..a")]
    [InlineData("$.*")]
    [InlineData("$[?(@.x)]")]
    [InlineData("$.a[-1]")]
    public void TryParse_OfAPathToSeveralPlaces_IsRefused(string path) => JsonPath.TryParse(path, out _).ShouldBeFalse();

    private static ConnectionRequest Read(string json) =>
        (ConnectionRequest)new RequestReader().ReadObject(JsonSerializer.Deserialize<JsonElement>(json), typeof(ConnectionRequest), ["body"])!;
}
