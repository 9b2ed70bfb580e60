using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Assay.Server.Connections;
using Assay.Server.Secrets;
using Assay.Server.Secrets.Rotation;
using Assay.Server.Store;
using Assay.Server.Tests.Harness;
using Assay.Server.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Secrets;

/// <summary>Rotation as a second process does it, while the server runs and people write.</summary>
public sealed class KeyRotationTests(OwnServer own) : IClassFixture<OwnServer>
{
    private readonly AssayServer assay = own.Assay;

    [Fact]
    public async Task Rotate_UnderLoad_LosesNothingAndLeavesNothingBehind()
    {
        var connections = new List<Answer>();
        for (var i = 0; i < 30; i++) connections.Add(await assay.Admin.Post("/api/connections", Body()));
        var latest = new ConcurrentDictionary<long, string>();
        using var stop = new CancellationTokenSource();
        var load = connections.Select(c => Task.Run(() => WriteAndRead(c.Expect(200), latest, stop.Token))).ToList();
        await Task.Delay(500);

        await Rotate();
        await Rotate("--master");
        await Rotate("--master");
        await Task.Delay(500);
        await stop.CancelAsync();
        await Task.WhenAll(load);
        await Rotate();

        foreach (var connection in connections) (await assay.StoredSecrets(connection.Id))["password"].ShouldBe(latest[connection.Id]);
        await using var db = await Db();
        var newest = await db.Set<DataKey>().OrderBy(k => k.Id).LastAsync();
        (await db.Set<ConnectionSecret>().CountAsync(s => !s.Ciphertext.StartsWith(SealedText.PrefixOf(newest.Id)))).ShouldBe(0);
        (await db.Set<InstallationSecret>().CountAsync(s => !s.Ciphertext.StartsWith(SealedText.PrefixOf(newest.Id)))).ShouldBe(0);
        (await db.Set<DataKey>().CountAsync(k => k.MasterKeyId != newest.MasterKeyId)).ShouldBe(0);
        (await File.ReadAllLinesAsync(KeyFile)).Length.ShouldBe(1);
        File.GetUnixFileMode(KeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Rotate_WhileNobodyWrites_SealsEverySecretAnewWithinTheRun()
    {
        var created = (await assay.Admin.Post("/api/connections", Body())).Expect(200);
        await using var db = await Db();
        var before = await db.Set<ConnectionSecret>().AsNoTracking().SingleAsync(s => s.ConnectionId == created.Id);

        (await Rotate()).ShouldMatch(@"^Data key \d+ seals from now on; \d+ secrets were sealed anew\.$");

        var after = await db.Set<ConnectionSecret>().AsNoTracking().SingleAsync(s => s.ConnectionId == created.Id);
        SealedText.Parse(after.Ciphertext).KeyId.ShouldBeGreaterThan(SealedText.Parse(before.Ciphertext).KeyId);
        (await assay.StoredSecrets(created.Id))["password"].ShouldBe("first");
    }

    [Fact]
    public async Task Rotate_WithADamagedSecret_NamesItAndRotatesTheOthers()
    {
        var (damaged, sound) = ((await assay.Admin.Post("/api/connections", Body())).Expect(200), (await assay.Admin.Post("/api/connections", Body())).Expect(200));
        await using var db = await Db();
        await db.Set<ConnectionSecret>().Where(s => s.ConnectionId == damaged.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.Ciphertext, "v1.1.broken"));

        var output = await Rotate();

        output.ShouldContain($"connection/{damaged.Id} password");
        output.ShouldNotContain($"connection/{sound.Id} ");
        (await assay.StoredSecrets(sound.Id))["password"].ShouldBe("first");
        (await assay.Admin.Delete($"/api/connections/{damaged.Id}")).Expect(204);
    }

    [Fact]
    public async Task Rotate_WithAnUnknownOption_ShowsTheUsage()
    {
        using var output = new StringWriter();

        (await RotateKeyCommand.RunAsync(["--all"], output, null, CancellationToken.None)).ShouldBe(2);

        output.ToString().ShouldContain(RotateKeyCommand.Usage);
    }

    [Fact]
    public async Task Tables_WithSealedTexts_AreAllKnownToTheRotation()
    {
        await using var db = await Db();
        var sealing = db.Model.GetEntityTypes().Where(e => e.FindProperty("Ciphertext") is not null).Select(e => e.ClrType.Name);

        sealing.ShouldBe(assay.Services.GetServices<ISealedRows>().Select(r => r.Entity.Name), ignoreOrder: true);
    }

    private string KeyFile => Path.Combine(assay.DataFolder, "master.key");

    private static JsonObject Body() => new()
    {
        ["name"] = People.Unique("rotated"),
        ["type"] = "postgresql",
        ["host"] = "db.example.com",
        ["port"] = 5432,
        ["username"] = Guid.NewGuid().ToString(),
        ["password"] = "first",
    };

    private async Task WriteAndRead(Answer connection, ConcurrentDictionary<long, string> latest, CancellationToken stop)
    {
        latest[connection.Id] = "first";
        for (var round = 0; !stop.IsCancellationRequested; round++)
        {
            if (round % 3 == 0)
            {
                (await assay.UpdateConnection(connection, new() { ["password"] = $"round {round}" }, "?verify=false")).Expect(200);
                latest[connection.Id] = $"round {round}";
            }
            var settings = await assay.Services.GetRequiredService<ConnectionDesk>().SettingsAsync(connection.Id, CancellationToken.None);
            settings.Password!.Reveal().ShouldBe(latest[connection.Id]);
        }
    }

    private async Task<string> Rotate(params string[] options)
    {
        using var output = new StringWriter();
        var code = await RotateKeyCommand.RunAsync(options, output, settings => (settings.Data, settings.Database) = (assay.DataFolder, assay.Database), CancellationToken.None);
        code.ShouldBe(0, output.ToString());
        return output.ToString().Trim();
    }

    private Task<AssayDb> Db() => assay.Services.GetRequiredService<IDbContextFactory<AssayDb>>().CreateDbContextAsync();
}
