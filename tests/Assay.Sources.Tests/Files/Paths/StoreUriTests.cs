using Assay.Sources.Files.Paths;

namespace Assay.Sources.Tests.Files.Paths;

public class StoreUriTests
{
    private static (StoreUri? Uri, string? Problem) Parse(string? text) => StoreUri.Parse(text, ["s3", "s3a"], "s3://bucket");

    [Theory]
    [InlineData("s3://acme-data-lake", "acme-data-lake", "")]
    [InlineData("s3://acme-data-lake/", "acme-data-lake", "")]
    [InlineData("S3A://Acme/Raw/2026", "Acme", "Raw/2026/")]
    [InlineData("s3://b/with space/%41/", "b", "with space/%41/")]
    public void Parse_BucketAndPrefix_AreTakenLiterally(string text, string authority, string prefix)
    {
        var (uri, problem) = Parse(text);
        problem.ShouldBeNull();
        uri!.Authority.ShouldBe(authority);
        uri.Prefix.Prefix.ShouldBe(prefix);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("acme-data-lake")]
    [InlineData("gs://bucket")]
    [InlineData("s3://")]
    [InlineData("s3:///prefix")]
    [InlineData("s3://b?versionId=1")]
    [InlineData("s3://b ucket")]
    [InlineData("s3://b/../other")]
    public void Parse_AnythingElse_SaysHowItShouldLook(string? text)
    {
        var (uri, problem) = Parse(text);
        uri.ShouldBeNull();
        problem.ShouldNotBeNullOrEmpty();
    }
}
