using Assay.Sources.Tests.Files;

namespace Assay.Sources.Tests.Abfs;

public class AbfsValidationTests
{
    private const string Uri = "abfs://data@acme.dfs.core.windows.net";
    private const string Key = "c2VjcmV0IGtleQ==";
    private readonly FileSource abfs = new("abfs");

    [Theory]
    [InlineData(Uri)]
    [InlineData("abfss://data@acme.dfs.core.windows.net/raw/events")]
    [InlineData("abfs://data@acme.blob.core.windows.net")]
    [InlineData("abfs://data@acme.dfs.core.usgovcloudapi.net")]
    [InlineData("abfs://$root@acme.dfs.core.windows.net")]
    public void Validate_SharedKey_IsFine(string uri) => abfs.Problems(abfs.Settings(uri, "acme", Key)).ShouldBeEmpty();

    [Fact]
    public void Validate_ServicePrincipal_IsFine() =>
        abfs.Problems(abfs.Settings(Uri, "client", "any secret", new { authentication_type = "SERVICE_PRINCIPAL", tenant_id = "72f988bf-86f1-41af-91ab-2d7cd011db47" })).ShouldBeEmpty();

    [Fact]
    public void Validate_NothingGiven_NamesEachMissingField()
    {
        abfs.Problems(abfs.Settings(null)).ShouldBe(["uri missing", "access_key missing", "secret_key missing"]);
        abfs.Problems(abfs.Settings(Uri, parameters: new { authentication_type = "SERVICE_PRINCIPAL" })).ShouldBe(["access_key missing", "secret_key missing", "parameters.tenant_id missing"]);
    }

    [Theory]
    [InlineData("s3://bucket")]
    [InlineData("abfs://acme.dfs.core.windows.net")]
    [InlineData("abfs://data@acme")]
    [InlineData("abfs://DATA@acme.dfs.core.windows.net")]
    [InlineData("abfs://data@acme.dfs.core.windows.net:80@evil.example.com")]
    public void Validate_OtherUri_IsNamed(string uri) => abfs.Problems(abfs.Settings(uri, "acme", Key)).ShouldContain("uri value_error");

    [Fact]
    public void Validate_ContradictionsAndUnknowns_AreNamed()
    {
        abfs.Problems(abfs.Settings(Uri, "other", Key)).ShouldBe(["access_key value_error"]);
        abfs.Problems(abfs.Settings(Uri, "acme", "not base64!")).ShouldBe(["secret_key value_error"]);
        abfs.Problems(abfs.Settings(Uri, "acme", Key, new { tenant_id = "contoso.com" })).ShouldBe(["parameters.tenant_id value_error"]);
        abfs.Problems(abfs.Settings(Uri, "acme", Key, new { authentication_type = "SAS" })).ShouldBe(["parameters.authentication_type value_error"]);
        abfs.Problems(abfs.Settings(Uri, "acme", Key, new { region = "x" })).ShouldBe(["parameters.region extra_forbidden"]);
        abfs.Problems(abfs.Settings(Uri, "c", "s", new { authentication_type = "SERVICE_PRINCIPAL", tenant_id = "contoso.com", endpoint = "http://10.0.0.1/x" }))
            .ShouldBe(["parameters.endpoint value_error"]);
    }
}
