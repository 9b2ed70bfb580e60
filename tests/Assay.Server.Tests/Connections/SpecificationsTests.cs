using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Connections;

public sealed class SpecificationsTests(AssayServer assay)
{
    [Fact]
    public async Task List_ShowsEveryConnectorWithItsInputs()
    {
        var all = (await assay.Admin.Get("/api/connections/specifications?supports_enrichment=true")).Expect(200).Json.AsArray();

        var postgres = all.Single(s => (string?)s!["type"] == "postgresql")!;
        ((string?)postgres["display_name"], (bool)postgres["implemented"]!).ShouldBe(("PostgreSQL", true));
        var password = postgres["properties"]!.AsArray().Single(p => (string?)p!["field"] == "password")!;
        ((bool)password["secret"]!, (bool)password["required"]!, (bool)password["connection_property"]!).ShouldBe((true, true, true));
        var tls = postgres["properties"]!.AsArray().Single(p => (string?)p!["field"] == "sslmode")!;
        ((string?)tls["map_to"], (string?)tls["type"]).ShouldBe(("parameters", "enum"));
        tls["values"]!.AsArray().Count.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task Get_OfAType_ShowsOneAndRefusesUnknownOnes()
    {
        ((string?)(await assay.Admin.Get("/api/connections/specifications/s3")).Expect(200).Json["type"]).ShouldBe("s3");
        (await assay.Admin.Get("/api/connections/specifications/nothing")).Expect(422).Text.ShouldContain("'postgresql'");
    }

    [Fact]
    public async Task EveryConnector_CanBeFilledInFromItsSpecificationAlone()
    {
        var misfits = new List<string>();
        foreach (var spec in (await assay.Admin.Get("/api/connections/specifications")).Expect(200).Json.AsArray())
        {
            var type = (string)spec!["type"]!;
            var inputs = spec["properties"]!.AsArray().Where(p => (bool)p!["connection_property"]!).Select(p => p!).ToArray();
            ((string)spec["store_type"]!).ShouldBeOneOf("jdbc", "dfs", "native");
            inputs.ShouldAllBe(p => ((string)p["title"]!).Length > 0 && Types.Contains((string)p["type"]!) && ((string)p["type"]! == "enum") == (p["values"] != null), type);
            var modes = spec["authentication_modes"]!.AsArray().Select(m => (string)m!).DefaultIfEmpty("BASIC").ToArray();
            foreach (var mode in modes)
            {
                foreach (var all in new[] { true, false })
                    misfits.AddRange(Misfits(await Problems(Fill(type, inputs, mode, all))).Select(e => $"{type} {mode}, {(all ? "everything" : "what is required")} filled in: {e}"));
            }
            var required = inputs.Where(p => (bool)p["required"]! && Applies(p, modes[0])).Select(p => (string)p["field"]!);
            foreach (var (loc, _, _) in (await Problems(new JsonObject { ["type"] = type })).Where(e => e.Type == "missing" && !IsEitherOr(e)))
                if (!required.Contains(loc.Split('.')[^1])) misfits.Add($"{type}: {loc} is missing, but not required by its specification");
        }
        misfits.ShouldBeEmpty();
    }

    private static IEnumerable<(string Loc, string Msg, string Type)> Misfits(IEnumerable<(string Loc, string Msg, string Type)> errors) =>
        errors.Where(e => (e.Type == "extra_forbidden" || e.Type == "missing") && !(e.Type == "missing" && IsEitherOr(e)));

    /// <summary>One of two inputs is needed, so neither is required by itself: Oracle's SID and service name.</summary>
    private static bool IsEitherOr((string Loc, string Msg, string Type) error) => error.Msg.Contains(" or ", StringComparison.Ordinal);

    private static readonly string[] Types = ["boolean", "enum", "file", "number", "string"];

    private async Task<IReadOnlyList<(string Loc, string Msg, string Type)>> Problems(JsonObject connection)
    {
        var answer = await assay.Admin.Post("/api/connections", connection);
        return answer.Code == 422 ? answer.Errors() : [];
    }

    private static bool Applies(JsonNode input, string mode) => (string?)input["filter_field"] != "authentication_type" || (string?)input["filter_value"] == mode;

    private static JsonObject Fill(string type, JsonNode[] inputs, string mode, bool all)
    {
        var (connection, parameters) = (new JsonObject { ["type"] = type, ["name"] = People.Unique("form") }, new JsonObject());
        foreach (var input in inputs.Where(p => Applies(p, mode) && (all || (bool)p["required"]! || (string)p["field"]! == "authentication_type")))
            ((string)input["map_to"]! == "parameters" ? parameters : connection)[(string)input["field"]!] = ValueOf(input, mode);
        connection["parameters"] = parameters;
        return connection;
    }

    private static JsonNode ValueOf(JsonNode input, string mode) => ((string)input["field"]!, (string)input["type"]!) switch
    {
        ("authentication_type", _) => mode,
        (_, "number") => input["default"]?.DeepClone() ?? 1,
        (_, "boolean") => true,
        (_, "enum") => input["values"]![0]!.DeepClone(),
        _ => input["default"]?.DeepClone() ?? (string?)input["placeholder"] ?? "x",
    };
}
