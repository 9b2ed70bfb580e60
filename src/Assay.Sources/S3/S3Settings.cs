using System.Text.RegularExpressions;
using Assay.Engine.Secrets;
using Assay.Sources.Contract;
using Assay.Sources.Files;
using Assay.Sources.Files.Http;
using Assay.Sources.Files.Paths;

namespace Assay.Sources.S3;

/// <summary>An S3 connection's settings, checked and taken apart.</summary>
internal sealed partial record S3Settings
{
    public const string SharedKey = "SHARED_KEY";
    public const string IamRole = "IAM_ROLE";

    private static readonly string[] Parameters =
        ["authentication_type", "role_arn", "external_id", "endpoint", "region", "path_style", "sts_endpoint"];

    public required string Bucket { get; init; }
    public required RootPath Prefix { get; init; }
    public string? AccessKey { get; init; }
    public Secret? SecretKey { get; init; }
    /// <summary>The role to assume; null means the keys are used as they are.</summary>
    public string? RoleArn { get; init; }
    public string? ExternalId { get; init; }
    /// <summary>Another service than Amazon's; null means Amazon's.</summary>
    public Uri? Endpoint { get; init; }
    public Uri? StsEndpoint { get; init; }
    public string? Region { get; init; }
    /// <summary>The bucket stands in the path instead of the host name.</summary>
    public bool PathStyle { get; init; }
    public S3Words Words { get; init; } = S3Words.Amazon;

    public static (S3Settings? Settings, IReadOnlyList<SettingProblem> Problems) Parse(ConnectionSettings given)
    {
        var problems = SettingChecks.NothingElseThan(given, ["uri", "access_key", "secret_key"], Parameters);
        var (uri, uriProblem) = StoreUri.Parse(given.Uri, ["s3", "s3a", "s3n"], "s3://bucket or s3://bucket/prefix");
        if (string.IsNullOrWhiteSpace(given.Uri)) problems.Add(SettingChecks.Missing("The URI of the bucket is missing, such as s3://bucket.", "uri"));
        else if (uri is null) problems.Add(new(["uri"], uriProblem!));
        else if (!BucketName().IsMatch(uri.Authority)) problems.Add(new(["uri"], "A bucket's name has letters, digits, dots, dashes and underscores."));

        CheckCredentials(given, problems);
        var endpoint = CheckEndpoint(given, "endpoint", problems);
        var sts = CheckEndpoint(given, "sts_endpoint", problems);
        var region = given.Text("region");
        if (region is not null && !RegionName().IsMatch(region)) problems.Add(new(["parameters", "region"], "A region looks like eu-central-1."));
        if (given.Parameters.ContainsKey("path_style") && given.Flag("path_style") is null)
            problems.Add(new(["parameters", "path_style"], "path_style is true or false."));
        if (problems.Count > 0) return (null, problems);

        return (new S3Settings
        {
            Bucket = uri!.Authority,
            Prefix = uri.Prefix,
            AccessKey = given.AccessKey,
            SecretKey = given.SecretKey,
            RoleArn = given.Text("role_arn"),
            ExternalId = given.Text("external_id"),
            Endpoint = endpoint,
            StsEndpoint = sts,
            Region = region,
            // Names with dots break the certificate of host-style addresses; services other than Amazon's rarely have those at all.
            PathStyle = given.Flag("path_style") ?? (endpoint is not null || uri.Authority.Contains('.')),
        }, []);
    }

    private static void CheckCredentials(ConnectionSettings given, List<SettingProblem> problems)
    {
        var (hasAccess, hasSecret) = (!string.IsNullOrEmpty(given.AccessKey), given.SecretKey is not null && given.SecretKey.Reveal().Length > 0);
        switch (given.Text("authentication_type") ?? SharedKey)
        {
            case SharedKey:
                if (!hasAccess) problems.Add(SettingChecks.Missing("The access key is missing.", "access_key"));
                if (!hasSecret) problems.Add(SettingChecks.Missing("The secret key is missing.", "secret_key"));
                problems.AddRange(from name in (string[])["role_arn", "external_id"]
                                  where given.Text(name) is not null
                                  select new SettingProblem(["parameters", name], $"{name} goes with authentication_type IAM_ROLE."));
                break;
            case IamRole:
                if (given.Text("role_arn") is not { } role) problems.Add(SettingChecks.Missing("The role to assume is missing.", "parameters", "role_arn"));
                else if (!RoleName().IsMatch(role)) problems.Add(new(["parameters", "role_arn"], "A role looks like arn:aws:iam::123456789012:role/name."));
                if (hasAccess && !hasSecret) problems.Add(SettingChecks.Missing("The secret key that belongs to the access key is missing.", "secret_key"));
                if (hasSecret && !hasAccess) problems.Add(SettingChecks.Missing("The access key that belongs to the secret key is missing.", "access_key"));
                break;
            default:
                problems.Add(new(["parameters", "authentication_type"], "authentication_type is SHARED_KEY or IAM_ROLE."));
                break;
        }
    }

    private static Uri? CheckEndpoint(ConnectionSettings given, string parameter, List<SettingProblem> problems)
    {
        if (given.Text(parameter) is not { } text) return null;
        var (endpoint, problem) = EndpointSetting.Parse(text);
        if (problem is not null) problems.Add(new(["parameters", parameter], problem));
        return endpoint;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$")]
    private static partial Regex BucketName();

    [GeneratedRegex(@"^[a-z0-9-]{2,32}$")]
    private static partial Regex RegionName();

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::\d{12}:role/[\w+=,.@/-]+$")]
    private static partial Regex RoleName();
}
