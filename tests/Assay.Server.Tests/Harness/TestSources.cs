using System.Text.Json.Nodes;
using Assay.Server.Connections;
using Assay.Server.Store;
using Assay.Testing.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Harness;

/// <summary>Connections to the tests' PostgreSQL, as clients send them.</summary>
public static class TestSources
{
    /// <summary>The body of a connection that works, with a role of its own: connections that look alike are refused as duplicates.</summary>
    public static async Task<JsonObject> PostgresConnection(PostgresRole? role = null)
    {
        var server = await PostgresServer.SharedAsync();
        role ??= await server.CreateReaderAsync();
        return new JsonObject
        {
            ["name"] = People.Unique("pg"),
            ["type"] = "postgresql",
            ["host"] = server.Host,
            ["port"] = server.Port,
            ["username"] = role.Name,
            ["password"] = role.Password,
        };
    }

    /// <summary>Stores such a connection.</summary>
    /// <param name="with">Members to add or replace; a null value takes one away.</param>
    public static async Task<Answer> CreateConnection(this AssayServer assay, JsonObject? with = null, PostgresRole? role = null)
    {
        var body = (await PostgresConnection(role)).With(with ?? []);
        return (await assay.Admin.Post("/api/connections", body)).Expect(200);
    }

    /// <summary>Changes a connection as the official client does: name and type, and only what changes.</summary>
    public static Task<Answer> UpdateConnection(this AssayServer assay, Answer connection, JsonObject changes, string query = "")
    {
        var body = new JsonObject { ["name"] = (string)connection.Json["name"]!, ["type"] = (string)connection.Json["type"]! };
        foreach (var (name, value) in changes) body[name] = value?.DeepClone();
        return assay.Admin.Put($"/api/connections/{connection.Id}{query}", body);
    }

    /// <summary>The secrets that are stored of a connection, opened.</summary>
    internal static async Task<Dictionary<string, string>> StoredSecrets(this AssayServer assay, long connectionId)
    {
        await using var db = await assay.Services.GetRequiredService<IDbContextFactory<AssayDb>>().CreateDbContextAsync();
        var stored = await assay.Services.GetRequiredService<ConnectionSecrets>().TryOpenAsync(db, connectionId, CancellationToken.None);
        return stored.Opened.ToDictionary(s => s.Key, s => s.Value.Reveal());
    }

    /// <summary>The object with members added, replaced or (null) taken away.</summary>
    public static JsonObject With(this JsonObject body, JsonObject changes)
    {
        var copy = (JsonObject)body.DeepClone();
        foreach (var (name, value) in changes)
            if (value is null) copy.Remove(name);
            else copy[name] = value.DeepClone();
        return copy;
    }
}
