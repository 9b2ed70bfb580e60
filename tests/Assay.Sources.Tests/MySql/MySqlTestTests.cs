using Assay.Engine.Secrets;
using Assay.Testing.MariaDb;
using Assay.Testing.Network;

namespace Assay.Sources.Tests.MySql;

public sealed class MySqlTestTests
{
    [Fact]
    public async Task TestAsync_AllIsWell_PassesEveryStep()
    {
        var (server, target, _) = await MySqlSources.SourceAsync("CREATE TABLE t (a int); CREATE VIEW v AS SELECT 1");

        var report = await target.TestAsync();

        report.Fault.ShouldBeNull();
        report.Steps.Select(s => (s.Name, s.Result)).ShouldBe(
            new[] { "check settings", "resolve host", "connect", "TLS", "sign in", "see catalog", "see schema", "list tables", "read one" }.Select(name => (name, TestStepResult.Passed)));
        report.Steps.Single(s => s.Name == "list tables").Detail.ShouldBe("2 tables and views");
        report.Product.ShouldNotBeNull().Name.ShouldBe("MariaDB");
        report.Product.Version.ShouldStartWith("1");
        (await server.Connection(new MariaDbUser("", "")).Target(null).TestAsync()).Fault!.Code.ShouldBe(SourceFaultCode.InvalidSettings);
    }

    [Fact]
    public async Task TestAsync_SignInAndRights_NameTheStepAndTheRemedy()
    {
        var (server, target, reader) = await MySqlSources.SourceAsync("CREATE TABLE t (a int)");
        var database = target.Target.Scope.Database!;
        var nobody = await server.CreateUserAsync();
        var inserter = await server.CreateUserAsync($"INSERT ON `{database}`.*");
        var everywhere = await server.CreateUserAsync("SELECT ON *.*");

        (await server.Connection(reader with { Password = "wrong" }).Target(database).TestAsync()).ShouldFailWith(SourceFaultCode.SignInFailed, "sign in");
        (await server.Connection(reader with { Name = "nobody_at_all" }).Target(database).TestAsync()).ShouldFailWith(SourceFaultCode.SignInFailed, "sign in");
        (await server.Connection(nobody).Target(database).TestAsync()).ShouldFailWith(SourceFaultCode.PermissionDenied, "see catalog").Message.ShouldContain("GRANT SELECT");
        (await server.Connection(everywhere).Target("not_there").TestAsync()).ShouldFailWith(SourceFaultCode.CatalogNotFound, "see catalog");
        (await server.Connection(inserter).Target(database).TestAsync()).ShouldFailWith(SourceFaultCode.PermissionDenied, "read one");
        (await target.TestAsync(forWriting: true)).ShouldFailWith(SourceFaultCode.PermissionDenied, "write rights").Message.ShouldContain("CREATE");
        (await server.Connection(reader).Target(null).TestAsync()).Fault.ShouldBeNull();

        var writer = await server.CreateUserAsync($"ALL ON `{database}`.*");
        (await server.Connection(writer).Target(database).TestAsync(forWriting: true)).Fault.ShouldBeNull();
        (await target.ListAsync()).Select(c => c.Name).ShouldBe(["t"]);
    }

    [Fact]
    public async Task TestAsync_HostsThatDoNotAnswer_GiveAVerdict()
    {
        var (_, target, _) = await MySqlSources.SourceAsync("CREATE TABLE t (a int)");
        var connection = target.Connection;

        (await (connection with { Host = "no-such-host.invalid" }).Target("d").TestAsync()).ShouldFailWith(SourceFaultCode.HostNotFound, "resolve host");
        (await (connection with { Host = "169.254.169.254" }).Target("d").TestAsync()).ShouldFailWith(SourceFaultCode.HostNotAllowed, "resolve host");
        (await (connection with { Port = 1 }).Target("d").TestAsync()).ShouldFailWith(SourceFaultCode.ConnectionRefused, "connect");
        using var hole = BlackHole.Silent();
        (await (connection with { Port = hole.Port }).Target("d").TestAsync()).ShouldFailWith(SourceFaultCode.TimedOut, "connect");
    }

    [Fact]
    public async Task TestAsync_Tls_IsCheckedAgainstTheNameThatWasGiven()
    {
        var (server, target, _) = await MySqlSources.SourceAsync("CREATE TABLE t (a int)");
        var database = target.Target.Scope.Database;
        ConnectionSettings With(string host, params (string, object)[] parameters) =>
            server.Connection(new MariaDbUser(target.Connection.Username!, target.Connection.Password!.Reveal()), parameters) with { Host = host };

        var authority = ("sslrootcert", (object)server.Certificate.AuthorityPem);
        (await With("localhost", ("sslmode", "verify-full"), authority).Target(database).TestAsync()).Steps.Single(s => s.Name == "TLS").Detail.ShouldBe("Encrypted, certificate verified");
        (await With("127.0.0.1", ("sslmode", "verify-full"), authority).Target(database).TestAsync()).Fault.ShouldBeNull();
        (await With("localhost", ("sslmode", "verify-full")).Target(database).TestAsync()).ShouldFailWith(SourceFaultCode.TlsFailed, "TLS");
        (await With("127.0.0.2", ("sslmode", "disable")).Target(database).TestAsync()).ShouldFailWith(SourceFaultCode.ConnectionRefused, "connect");
        (await With("localhost", ("sslmode", "disable")).Target(database).TestAsync()).Steps.Single(s => s.Name == "TLS").Result.ShouldBe(TestStepResult.Warning);
        (await With("localhost", ("sslmode", "require"), ("sslfoo", "x")).Target(database).TestAsync()).ShouldFailWith(SourceFaultCode.InvalidSettings, "check settings");
    }

    [Fact]
    public void Validate_FieldsThatAreMissingOrUnknown_AreNamed()
    {
        var connector = new ConnectionSettings { Type = "mysql", Host = "a:1", Port = 70_000, Password = new Secret(""), Uri = "mysql://x" };
        var problems = connector.Target(null).Connector.Validate(connector);

        problems.Select(p => p.Field[0]).ShouldBe(["host", "port", "username", "password", "uri"]);
        connector.Target(null).Connector.Spec.ShouldSatisfyAllConditions(
            s => s.SchemaIsDatabase.ShouldBeTrue(), s => s.DisplayName.ShouldBe("MySQL"), s => s.Properties.Single(p => p.Field == "password").Secret.ShouldBeTrue());
    }
}
