using System.Text.RegularExpressions;
using Assay.Engine.Secrets;
using Assay.Sources.Contract;
using Assay.Sources.Files;
using Assay.Sources.Files.Http;
using Assay.Sources.Files.Paths;

namespace Assay.Sources.Gcs;

/// <summary>A Google Cloud Storage connection's settings, checked and taken apart.</summary>
internal sealed partial record GcsSettings
{
    public const string ServiceAccount = "SERVICE_ACCOUNT";
    public const string Hmac = "HMAC";
    public static readonly Uri Google = new("https://storage.googleapis.com/");

    public required string Bucket { get; init; }
    public required RootPath Prefix { get; init; }
    public required Uri Endpoint { get; init; }
    /// <summary>The account whose key signs in; null where HMAC keys sign the requests.</summary>
    public GoogleAccount? Account { get; init; }
    public string? AccessKey { get; init; }
    public Secret? SecretKey { get; init; }

    public static (GcsSettings? Settings, IReadOnlyList<SettingProblem> Problems) Parse(ConnectionSettings given)
    {
        var problems = SettingChecks.NothingElseThan(given, ["uri", "access_key", "secret_key"], ["authentication_type", "endpoint"]);
        var (uri, problem) = StoreUri.Parse(given.Uri, ["gs", "gcs"], "gs://bucket or gs://bucket/prefix");
        if (string.IsNullOrWhiteSpace(given.Uri)) problems.Add(SettingChecks.Missing("The URI of the bucket is missing, such as gs://bucket.", "uri"));
        else if (uri is null) problems.Add(new(["uri"], problem!));
        else if (!BucketName().IsMatch(uri.Authority)) problems.Add(new(["uri"], "A bucket's name has lower-case letters, digits, dots, dashes and underscores."));

        Uri? endpoint = null;
        if (given.Text("endpoint") is { } text)
        {
            (endpoint, var endpointProblem) = EndpointSetting.Parse(text);
            if (endpointProblem is not null) problems.Add(new(["parameters", "endpoint"], endpointProblem));
        }
        var account = CheckCredentials(given, endpoint is not null, problems);
        if (problems.Count > 0) return (null, problems);
        return (new GcsSettings
        {
            Bucket = uri!.Authority,
            Prefix = uri.Prefix,
            Endpoint = endpoint ?? Google,
            Account = account,
            AccessKey = given.AccessKey,
            SecretKey = given.SecretKey,
        }, []);
    }

    private static GoogleAccount? CheckCredentials(ConnectionSettings given, bool ownEndpoint, List<SettingProblem> problems)
    {
        var hasAccess = !string.IsNullOrEmpty(given.AccessKey);
        var secret = given.SecretKey?.Reveal() ?? "";
        switch (given.Text("authentication_type") ?? (hasAccess ? Hmac : ServiceAccount))
        {
            case ServiceAccount:
                if (hasAccess) problems.Add(new(["access_key"], "A service account has no access key; HMAC keys go with authentication_type HMAC."));
                if (secret.Length == 0)
                {
                    problems.Add(SettingChecks.Missing("The service account's JSON key is missing.", "secret_key"));
                    return null;
                }
                var (account, problem) = GoogleAccount.Parse(secret, ownEndpoint);
                if (problem is not null) problems.Add(new(["secret_key"], problem));
                return account;
            case Hmac:
                if (!hasAccess) problems.Add(SettingChecks.Missing("The HMAC key's access id is missing.", "access_key"));
                if (secret.Length == 0) problems.Add(SettingChecks.Missing("The HMAC key's secret is missing.", "secret_key"));
                return null;
            default:
                problems.Add(new(["parameters", "authentication_type"], "authentication_type is SERVICE_ACCOUNT or HMAC."));
                return null;
        }
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$")]
    private static partial Regex BucketName();
}
