using Assay.Sources.Tests.Files;

namespace Assay.Sources.Tests.S3;

public class S3ValidationTests
{
    private const string Role = "arn:aws:iam::123456789012:role/assay";
    private readonly FileSource s3 = new("s3");

    [Fact]
    public void Validate_PayloadOfTheDocument_IsFine() =>
        s3.Problems(s3.Settings("s3://acme-data-lake", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")).ShouldBeEmpty();

    [Fact]
    public void Validate_RoleWithAndWithoutExternalId_IsFine()
    {
        s3.Problems(s3.Settings("s3://b-1", parameters: new { authentication_type = "IAM_ROLE", role_arn = Role })).ShouldBeEmpty();
        s3.Problems(s3.Settings("s3://b-1", parameters: new { authentication_type = "IAM_ROLE", role_arn = Role, external_id = "x" })).ShouldBeEmpty();
    }

    [Fact]
    public void Validate_OtherService_IsFine() =>
        s3.Problems(s3.Settings("s3://b-1/raw", "a", "b", new { endpoint = "https://minio.example.com:9000", region = "eu-central-1", path_style = true })).ShouldBeEmpty();

    [Fact]
    public void Validate_NothingGiven_NamesEachMissingField() =>
        s3.Problems(s3.Settings(null)).ShouldBe(["uri missing", "access_key missing", "secret_key missing"]);

    [Theory]
    [InlineData("gs://bucket")]
    [InlineData("bucket")]
    [InlineData("s3://")]
    [InlineData("s3://b?x=1")]
    [InlineData("s3://u:p@host/b")]
    public void Validate_OtherUri_IsNamed(string uri) => s3.Problems(s3.Settings(uri, "a", "b")).ShouldBe(["uri value_error"]);

    [Fact]
    public void Validate_ContradictionsAndUnknowns_AreNamed()
    {
        s3.Problems(s3.Settings("s3://b-1", "a", "b", new { role_arn = Role })).ShouldBe(["parameters.role_arn value_error"]);
        s3.Problems(s3.Settings("s3://b-1", parameters: new { authentication_type = "IAM_ROLE" })).ShouldBe(["parameters.role_arn missing"]);
        s3.Problems(s3.Settings("s3://b-1", parameters: new { authentication_type = "IAM_ROLE", role_arn = "admin" })).ShouldBe(["parameters.role_arn value_error"]);
        s3.Problems(s3.Settings("s3://b-1", "a", parameters: new { authentication_type = "IAM_ROLE", role_arn = Role })).ShouldBe(["secret_key missing"]);
        s3.Problems(s3.Settings("s3://b-1", "a", "b", new { authentication_type = "BASIC" })).ShouldBe(["parameters.authentication_type value_error"]);
        s3.Problems(s3.Settings("s3://b-1", "a", "b", new { endpoint = "minio:9000" })).ShouldBe(["parameters.endpoint value_error"]);
        s3.Problems(s3.Settings("s3://b-1", "a", "b", new { endpoint = "http://u:p@minio:9000" })).ShouldBe(["parameters.endpoint value_error"]);
        s3.Problems(s3.Settings("s3://b-1", "a", "b", new { region = "Frankfurt!" })).ShouldBe(["parameters.region value_error"]);
        s3.Problems(s3.Settings("s3://b-1", "a", "b", new { path_style = "perhaps" })).ShouldBe(["parameters.path_style value_error"]);
        s3.Problems(s3.Settings("s3://b-1", "a", "b", new { proxy = "http://x" })).ShouldBe(["parameters.proxy extra_forbidden"]);
        s3.Problems(s3.Settings("s3://b-1", "a", "b") with { Host = "h" }).ShouldBe(["host extra_forbidden"]);
    }
}
