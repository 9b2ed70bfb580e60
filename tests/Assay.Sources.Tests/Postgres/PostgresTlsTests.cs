using System.Net.Sockets;
using Assay.Samples.Postgres;
using Assay.Sources.Network;
using Assay.Testing.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Sources.Tests.Postgres;

public sealed class PostgresTlsTests
{
    [Theory]
    [InlineData("127.0.0.1", "verify-full")]
    [InlineData("localhost", "verify-full")]
    [InlineData("localhost", "verify-ca")]
    [InlineData("db.in.this.test", "verify-ca")]
    public async Task TestAsync_CertificateOfAKnownAuthority_IsVerifiedAgainstTheNameThatWasGiven(string host, string mode)
    {
        var server = await PostgresServer.SharedAsync();
        var target = (await ConnectionAsync(server, host, ("sslmode", mode), ("sslrootcert", server.CertificateAuthorityPem))).Target(null, null);

        var report = await Connector().TestAsync(target, new TestIntent(), TestContext.Current.CancellationToken);

        report.Fault.ShouldBeNull();
        report.Step("TLS").Detail.ShouldBe("Encrypted, certificate verified");
    }

    [Fact]
    public async Task TestAsync_CertificateForAnotherName_FailsUnderVerifyFull()
    {
        var server = await PostgresServer.SharedAsync();
        var target = (await ConnectionAsync(server, "db.in.this.test", ("sslmode", "verify-full"), ("sslrootcert", server.CertificateAuthorityPem))).Target(null, null);

        (await Connector().TestAsync(target, new TestIntent(), TestContext.Current.CancellationToken))
            .ShouldFailWith(SourceFaultCode.TlsFailed, "TLS").Message.ShouldContain("db.in.this.test");
    }

    [Theory]
    [InlineData("verify-full"), InlineData("verify-ca")]
    public async Task TestAsync_AuthorityThatNobodyTrusts_Fails(string mode)
    {
        var server = await PostgresServer.SharedAsync();
        var another = ServerCertificate.Create().AuthorityPem;

        (await (await ConnectionAsync(server, "127.0.0.1", ("sslmode", mode))).Target(null, null).TestAsync())
            .ShouldFailWith(SourceFaultCode.TlsFailed, "TLS");
        (await (await ConnectionAsync(server, "127.0.0.1", ("sslmode", mode), ("sslrootcert", another))).Target(null, null).TestAsync())
            .ShouldFailWith(SourceFaultCode.TlsFailed, "TLS");
    }

    [Theory]
    [InlineData("require", TestStepResult.Passed), InlineData("prefer", TestStepResult.Passed), InlineData("disable", TestStepResult.Skipped)]
    public async Task TestAsync_ServerThatOffersTls_EncryptsUnlessToldNotTo(string mode, TestStepResult result)
    {
        var server = await PostgresServer.SharedAsync();

        (await (await ConnectionAsync(server, "127.0.0.1", ("sslmode", mode))).Target(null, null).TestAsync()).Step("TLS").Result.ShouldBe(result);
    }

    [Fact]
    public async Task TestAsync_ServerWithoutTls_IsRefusedByRequireAndWarnedOfByPrefer()
    {
        // On the way: addresses of the other family, which take other paths through driver and policy.
        await using var server = await PostgresServer.StartNewAsync(new LocalPostgresOptions
        {
            Tls = false,
            Settings = new Dictionary<string, string> { ["listen_addresses"] = "127.0.0.1,::1" },
        });

        foreach (var host in Socket.OSSupportsIPv6 ? new[] { "127.0.0.1", "::1", "[::1]", "localhost" } : ["127.0.0.1"])
        {
            (await (await ConnectionAsync(server, host, ("sslmode", "require"))).Target(null, null).TestAsync())
                .ShouldFailWith(SourceFaultCode.TlsFailed, "TLS").Message.ShouldContain("does not offer TLS");
            var preferred = await (await ConnectionAsync(server, host)).Target(null, null).TestAsync();
            preferred.Fault.ShouldBeNull();
            preferred.Step("TLS").Result.ShouldBe(TestStepResult.Warning);
        }
    }

    [Fact]
    public async Task TestAsync_UserThatMustUseTls_IsToldSoWithoutIt()
    {
        var server = await PostgresServer.SharedAsync();
        var role = await server.CreateRoleAsync();
        await server.AddAccessRuleAsync($"hostnossl all {role.Name} all reject");

        (await server.Connection(role, ("sslmode", "disable")).Target(null, null).TestAsync())
            .ShouldFailWith(SourceFaultCode.SignInFailed, "sign in").Message.ShouldContain("sslmode to require");
        (await server.Connection(role).Target(null, null).TestAsync()).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task TestAsync_UserThatMayNotUseTls_GetsInWithAWarningUnderPrefer()
    {
        var server = await PostgresServer.SharedAsync();
        var role = await server.CreateRoleAsync();
        await server.AddAccessRuleAsync($"hostssl all {role.Name} all reject");

        var report = await server.Connection(role).Target(null, null).TestAsync();

        report.Fault.ShouldBeNull();
        report.Step("TLS").Result.ShouldBe(TestStepResult.Warning);
        (await server.Connection(role, ("sslmode", "require")).Target(null, null).TestAsync()).ShouldFailWith(SourceFaultCode.SignInFailed, "sign in");
    }

    [Theory]
    [InlineData("require", true), InlineData("prefer", true), InlineData("disable", false)]
    public async Task TestAsync_ServerThatWantsThePasswordInClearText_GetsItOnlyOverTls(string mode, bool connected)
    {
        var server = await PostgresServer.SharedAsync();
        var role = await server.CreateRoleAsync();
        await server.AddAccessRuleAsync($"host all {role.Name} all password");

        var report = await server.Connection(role, ("sslmode", mode)).Target(null, null).TestAsync();

        report.Connected.ShouldBe(connected);
        if (!connected)
            report.ShouldFailWith(SourceFaultCode.SignInFailed, "sign in").Message.ShouldContain("clear text");
    }

    private static async Task<ConnectionSettings> ConnectionAsync(PostgresServer server, string host, params (string, object)[] parameters) =>
        server.Connection(await server.CreateRoleAsync(), parameters) with { Host = host };

    /// <summary>A connector for which <c>db.in.this.test</c> is this machine.</summary>
    private static IConnector Connector() => new ServiceCollection()
        .AddLogging()
        .AddSingleton<IHostNames>(new Network.FixedHostNames(("db.in.this.test", ["127.0.0.1"]), ("localhost", ["127.0.0.1"])))
        .AddSources()
        .BuildServiceProvider()
        .GetServices<IConnector>().Single(c => c.Spec.Type == "postgresql");
}
