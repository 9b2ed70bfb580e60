using System.Text.Json.Nodes;
using Assay.Server.Store;
using Assay.Server.Tests.Harness;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Onboarding;

public sealed class IdempotencyTests(AssayServer assay)
{
    private const string Bulk = "/api/connections/datastores/bulk";

    [Fact]
    public async Task SameRequestAgain_AnswersTheSameAndMakesNothing()
    {
        var (key, body) = (NewKey(), NewBody("a", "b", new string('x', 300)));

        var first = (await Send(key, body)).Expect(200);
        var second = (await Send(key, body)).Expect(200);

        first.Json["created"]!.AsArray().Count.ShouldBe(2);
        first.Json["errors"]!.AsArray().Count.ShouldBe(1);
        second.Text.ShouldBe(first.Text);
        first.Headers!.Contains("Idempotency-Replayed").ShouldBeFalse();
        second.Headers!.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        (await Total(body)).ShouldBe(2);
    }

    [Fact]
    public async Task SameKeyForAnotherRequest_Is422()
    {
        var (key, body) = (NewKey(), NewBody("a"));
        (await Send(key, body)).Expect(200);

        (await Send(key, body.With(new JsonObject { ["description"] = "another" }))).Expect(422).Errors().Single().ShouldBe(
            ("header.Idempotency-Key", "The key was used for another request", "idempotency_key_reused"));
        (await Total(body)).ShouldBe(1);
    }

    [Fact]
    public async Task SameKeyOfAnotherCaller_IsAnotherKey()
    {
        var key = NewKey();
        var other = await assay.CreateUser("Manager");
        var (mine, theirs) = (NewBody("a"), NewBody("a"));
        (await Send(key, mine)).Expect(200);

        (await Send(key, theirs, other.Api)).Expect(200).Headers!.Contains("Idempotency-Replayed").ShouldBeFalse();
        (await Total(theirs)).ShouldBe(1);
    }

    [Fact]
    public async Task RefusedRequest_IsNotRememberedUnderItsKey()
    {
        var (key, body) = (NewKey(), NewBody("a"));
        (await Send(key, body.With(new JsonObject { ["enrichment_datastore_id"] = 999_999_999 }))).Expect(404);

        (await Send(key, body)).Expect(200).Json["created"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task RequestsSideBySideWithOneKey_MakeOneSet()
    {
        var (key, body) = (NewKey(), NewBody([.. Enumerable.Range(0, 250).Select(i => $"s{i}")]));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Send(key, body)));

        answers.Select(a => a.Expect(200).Json["created"]!.ToJsonString()).Distinct().Count().ShouldBe(1);
        (await Total(body)).ShouldBe(250);
    }

    [Fact]
    public async Task RequestCutOffHalfWay_IsFinishedByTheNextWithoutMakingAnythingTwice()
    {
        var (key, body) = (NewKey(), NewBody("a", "b", "c", "d"));
        var first = Created((await Send(key, body)).Expect(200));
        await Forget(key, lastItems: 2); // as if the process had died with two of four made

        var second = Created((await Send(key, body)).Expect(200));

        second.Take(2).ShouldBe(first.Take(2));
        second.Skip(2).Intersect(first).ShouldBeEmpty();
        Created(await Send(key, body)).ShouldBe(second);
        (await assay.Admin.Get($"/api/connections?name={body["connection"]!["name"]}")).Expect(200).Json["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Theory, InlineData(""), InlineData("ключ")]
    public async Task KeyThatIsNone_Is422(string key)
    {
        using var http = new HttpClient { BaseAddress = assay.Url };
        http.DefaultRequestHeaders.Authorization = assay.Admin.Http.DefaultRequestHeaders.Authorization;
        using var request = new HttpRequestMessage(HttpMethod.Post, Bulk) { Content = new StringContent(NewBody("a").ToJsonString(), System.Text.Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key.Length == 0 ? new string('k', 256) : "kl\u0001uch");

        ((int)(await http.SendAsync(request)).StatusCode).ShouldBeOneOf(400, 422); // control characters do not come past the server's own parser
    }

    private Task<Answer> Send(string key, JsonObject body, Api? by = null) => (by ?? assay.Admin).Send(HttpMethod.Post, Bulk, body, ("Idempotency-Key", key));

    private static string NewKey() => Guid.NewGuid().ToString();

    private static JsonObject NewBody(params string[] schemas) => new()
    {
        ["connection"] = UnreachablePostgres().With(new JsonObject { ["name"] = People.Unique("pg") }),
        ["database"] = "production",
        ["schemas"] = Names(schemas),
        ["name_template"] = People.Unique("idem") + "_{{ schema }}",
        ["group"] = new JsonObject { ["name"] = People.Unique("group") },
        ["trigger_catalog"] = false,
    };

    private static long[] Created(Answer answer) => [.. answer.Expect(200).Json["created"]!.AsArray().Select(id => (long)id!)];

    private async Task<long> Total(JsonObject body) =>
        (long)(await assay.Admin.Get($"/api/datastores?search={((string)body["name_template"]!).Replace("{{ schema }}", "")}")).Expect(200).Json["total"]!;

    private async Task Forget(string key, int lastItems)
    {
        await using var store = await assay.Services.GetRequiredService<StoreConnections>().OpenAsync(CancellationToken.None);
        await store.ExecuteAsync("DELETE FROM bulk_run_items WHERE run_id = (SELECT id FROM bulk_runs WHERE key = @key) AND position >= 4 - @lastItems", new { key, lastItems });
        await store.ExecuteAsync("UPDATE bulk_runs SET answer = NULL WHERE key = @key", new { key });
    }
}
