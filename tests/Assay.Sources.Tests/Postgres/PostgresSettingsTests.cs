using System.Text.Json;
using Assay.Engine.Secrets;

namespace Assay.Sources.Tests.Postgres;

public sealed class PostgresSettingsTests
{
    private static readonly ConnectionSettings good = new()
    {
        Type = "postgresql",
        Host = "db.example.com",
        Port = 5432,
        Username = "reader",
        Password = new Secret("s3cur3"),
    };

    [Fact]
    public void Validate_GoodSettings_FindsNothing()
    {
        PostgresSources.Connector.Validate(good).ShouldBeEmpty();
        PostgresSources.Connector.Validate(good with { Port = null }).ShouldBeEmpty();
        PostgresSources.Connector.Validate(Parameters("""{"sslmode": "VERIFY-FULL", "application_name": "assay", "connect_timeout": "5", "statement_timeout": 60, "schema": null}""")).ShouldBeEmpty();
    }

    [Fact]
    public void Validate_NothingGiven_NamesEveryRequiredField() =>
        PostgresSources.Connector.Validate(new ConnectionSettings { Type = "postgresql" }).Select(p => (p.Field.Single(), p.Kind))
            .ShouldBe([("host", "missing"), ("username", "missing"), ("password", "missing")]);

    [Theory]
    [InlineData("/var/run/postgresql"), InlineData("@abstract"), InlineData("postgres://db"), InlineData("db:5432"), InlineData("a,b"), InlineData("a b"),
     InlineData("db;Database=other"), InlineData("user@db"), InlineData("db?sslmode=disable"), InlineData("db\nHost=other"), InlineData("a'b"), InlineData("a=b")]
    public void Validate_HostThatIsNoHost_IsAProblem(string host) =>
        PostgresSources.Connector.Validate(good with { Host = host }).ShouldHaveSingleItem().Field.ShouldBe(["host"]);

    [Theory]
    [InlineData("127.0.0.1"), InlineData("::1"), InlineData("[::1]"), InlineData("my_db-1.internal"), InlineData("bücher.example")]
    public void Validate_HostThatIsOne_IsNot(string host) => PostgresSources.Connector.Validate(good with { Host = host }).ShouldBeEmpty();

    [Theory]
    [InlineData("""{"sslmode": "allow"}""", "sslmode", "enum")]
    [InlineData("""{"sslmode": ["require"]}""", "sslmode", "value_error")]
    [InlineData("""{"options": "-c log_statement=all"}""", "options", "extra_forbidden")]
    [InlineData("""{"Passfile": "/etc/passwd"}""", "Passfile", "extra_forbidden")]
    [InlineData("""{"sslkey": "/etc/ssl/private/key.pem"}""", "sslkey", "extra_forbidden")]
    [InlineData("""{"SSLMODE": "require"}""", "SSLMODE", "extra_forbidden")]
    [InlineData("""{"": 1}""", "", "extra_forbidden")]
    [InlineData("""{"application_name": "zero\u0000byte"}""", "application_name", "value_error")]
    [InlineData("""{"application_name": "0123456789012345678901234567890123456789012345678901234567890123"}""", "application_name", "string_too_long")]
    [InlineData("""{"connect_timeout": 0}""", "connect_timeout", "value_error")]
    [InlineData("""{"connect_timeout": 61}""", "connect_timeout", "value_error")]
    [InlineData("""{"connect_timeout": 1.5}""", "connect_timeout", "value_error")]
    [InlineData("""{"statement_timeout": "soon"}""", "statement_timeout", "value_error")]
    [InlineData("""{"sslmode": "verify-ca", "sslrootcert": "/etc/ssl/ca.pem"}""", "sslrootcert", "value_error")]
    [InlineData("""{"sslmode": "verify-ca", "sslrootcert": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"}""", "sslrootcert", "value_error")]
    public void Validate_ParameterThatIsNotAllowed_IsNamed(string parameters, string name, string kind)
    {
        var problem = PostgresSources.Connector.Validate(Parameters(parameters)).ShouldHaveSingleItem();

        problem.Field.ShouldBe(["parameters", name]);
        problem.Kind.ShouldBe(kind);
    }

    [Fact]
    public void Validate_AuthorityThatNobodyWouldLookAt_IsAProblem() =>
        PostgresSources.Connector.Validate(Parameters(JsonSerializer.Serialize(new { sslmode = "require", sslrootcert = Samples.Postgres.ServerCertificate.Create().AuthorityPem })))
            .ShouldHaveSingleItem().Field.ShouldBe(["parameters", "sslrootcert"]);

    [Fact]
    public void Validate_ZeroByteInAName_IsAProblem()
    {
        PostgresSources.Connector.Validate(good with { Username = "a\0database\0b" }).ShouldHaveSingleItem().Field.ShouldBe(["username"]);
        PostgresSources.Connector.Validate(good with { Password = new Secret("a\0b") }).ShouldHaveSingleItem().Field.ShouldBe(["password"]);
        PostgresSources.Connector.Validate(good with { Uri = "postgres://x" }).ShouldHaveSingleItem().Field.ShouldBe(["uri"]);
        PostgresSources.Connector.Validate(good with { Port = 65_536 }).ShouldHaveSingleItem().Field.ShouldBe(["port"]);
    }

    [Theory]
    [InlineData("a\0b", "public"), InlineData("", "public"), InlineData("postgres", "a\0b"), InlineData("postgres", "")]
    public async Task TestAsync_NameThatCannotBe_FailsBeforeAnythingIsTried(string database, string schema)
    {
        (await good.Target(database, schema).TestAsync()).ShouldFailWith(SourceFaultCode.InvalidSettings, "check settings");
        (await Should.ThrowAsync<SourceException>(() => good.Target(database, schema).ListAsync())).Fault.Code.ShouldBe(SourceFaultCode.InvalidSettings);
    }

    private static ConnectionSettings Parameters(string json) => good with { Parameters = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)! };
}
