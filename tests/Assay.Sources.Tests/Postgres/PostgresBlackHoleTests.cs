using System.Diagnostics;
using System.Text.Json;
using Assay.Engine.Secrets;
using Assay.Testing.Network;
using Assay.Testing.Postgres;

namespace Assay.Sources.Tests.Postgres;

public sealed class PostgresBlackHoleTests
{
    [Fact]
    public async Task TestAsync_HostThatSwallowsPackets_GivesAVerdictWithinTenSeconds()
    {
        using var hole = await BlackHole.SwallowingAsync();

        await TimesOutAsync(hole.Port, "connect", "prefer");
    }

    [Fact]
    public async Task TestAsync_HostThatNeverSaysAnything_GivesAVerdictWithinTenSeconds()
    {
        using var hole = BlackHole.Silent();

        await Task.WhenAll(
            TimesOutAsync(hole.Port, "TLS", "prefer"), TimesOutAsync(hole.Port, "TLS", "require"), TimesOutAsync(hole.Port, "sign in", "disable"));
    }

    [Fact]
    public async Task TestAsync_HostThatFallsSilentAfterTheSignIn_GivesAVerdictWithinTenSeconds()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, "CREATE TABLE t (a int)");
        var target = server.Connection(await server.CreateReaderAsync(), ("sslmode", "disable")).Target(database);

        await Task.WhenAll(FallsSilentAsync(target, "BEGIN", "see schema"), FallsSilentAsync(target, "pg_class c", "list tables"), FallsSilentAsync(target, "\"public\".\"t\"", "read one"));
    }

    [Fact]
    public async Task ListContainersAsync_HostThatNeverSaysAnything_GivesUpAfterTheConnectTimeout()
    {
        using var hole = BlackHole.Silent();
        var watch = Stopwatch.StartNew();

        var error = await Should.ThrowAsync<SourceException>(() => Target(hole.Port, ("connect_timeout", 1)).ListAsync());

        error.Fault.Code.ShouldBe(SourceFaultCode.TimedOut);
        watch.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(3));
    }

    private static async Task FallsSilentAsync(SourceTarget target, string lastWord, string step)
    {
        using var relay = FreezingRelay.To(target.Connection.Port!.Value, lastWord);
        var watch = Stopwatch.StartNew();

        var report = await (target with { Connection = target.Connection with { Port = relay.Port } }).TestAsync();

        report.ShouldFailWith(SourceFaultCode.TimedOut, step);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    private static async Task TimesOutAsync(int port, string step, string mode)
    {
        var watch = Stopwatch.StartNew();

        var report = await Target(port, ("sslmode", mode)).TestAsync();

        report.ShouldFailWith(SourceFaultCode.TimedOut, step);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    private static SourceTarget Target(int port, (string Name, object Value) parameter) => new ConnectionSettings
    {
        Type = "postgresql",
        Host = "127.0.0.1",
        Port = port,
        Username = "nobody",
        Password = new Secret("nothing"),
        Parameters = new Dictionary<string, JsonElement> { [parameter.Name] = JsonSerializer.SerializeToElement(parameter.Value) },
    }.Target("nowhere");
}
