using System.Text.Json.Nodes;

namespace Assay.Server.Tests.Harness;

/// <summary>A user with a token, ready to act.</summary>
/// <param name="Api">The API as this user sees it.</param>
public sealed record Person(long Id, string UserId, string Name, string Token, long TokenId, Api Api);

/// <summary>A team made for a test.</summary>
public sealed record TestTeam(long Id, string Name);

/// <summary>Sets up a company: users, teams and tokens, each with names of their own.</summary>
public static class People
{
    private static int counter;

    /// <summary>A name that no other test uses.</summary>
    public static string Unique(string prefix) => $"{prefix} {Interlocked.Increment(ref counter)}-{Guid.NewGuid().ToString("N")[..6]}";

    /// <summary>A person of this role in these teams (and Public, as everyone).</summary>
    public static Task<Person> CreateUser(this AssayServer assay, string role = "Member", params TestTeam[] teams) =>
        assay.CreateUser(new JsonObject { ["user_type"] = "Human", ["email"] = $"{Guid.NewGuid():N}@example.com" }, Unique("Person"), role, teams);

    public static Task<Person> CreateServiceAccount(this AssayServer assay, string role = "Member", params TestTeam[] teams) =>
        assay.CreateUser([], Unique("Robot"), role, teams);

    /// <summary>A Member in a new team with this permission on these datastores.</summary>
    public static async Task<Person> CreateMember(this AssayServer assay, string permission, params long[] datastoreIds) =>
        await assay.CreateUser("Member", await assay.CreateTeam(permission, datastoreIds));

    public static async Task<TestTeam> CreateTeam(this AssayServer assay, string permission, params long[] datastoreIds)
    {
        var name = Unique("Team");
        var answer = await assay.Admin.Post("/api/teams", new JsonObject
        {
            ["name"] = name,
            ["permission"] = permission,
            ["datastores"] = new JsonArray([.. datastoreIds.Select(id => JsonValue.Create(id))]),
        });
        return new TestTeam(answer.Expect(200).Id, name);
    }

    /// <summary>A new token of a user, made by the administrator.</summary>
    public static async Task<(string Text, long Id)> TokenFor(this AssayServer assay, long userId)
    {
        var answer = await assay.Admin.Post("/api/user-tokens", new JsonObject { ["name"] = Unique("Token"), ["user_id"] = userId });
        return ((string)answer.Expect(200).Json["bearer_token"]!, answer.Id);
    }

    private static async Task<Person> CreateUser(this AssayServer assay, JsonObject body, string name, string role, TestTeam[] teams)
    {
        body["name"] = name;
        body["role"] = role;
        body["teams"] = new JsonArray([.. teams.Select(t => JsonValue.Create(t.Name))]);
        var user = (await assay.Admin.Post("/api/users", body)).Expect(200);
        var (token, tokenId) = await assay.TokenFor(user.Id);
        return new Person(user.Id, (string)user.Json["user_id"]!, name, token, tokenId, assay.ClientFor(token));
    }
}
