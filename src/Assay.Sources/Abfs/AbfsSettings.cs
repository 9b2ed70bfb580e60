using System.Text.RegularExpressions;
using Assay.Engine.Secrets;
using Assay.Sources.Contract;
using Assay.Sources.Files;
using Assay.Sources.Files.Http;
using Assay.Sources.Files.Paths;

namespace Assay.Sources.Abfs;

/// <summary>An Azure storage connection's settings, checked and taken apart.</summary>
internal sealed partial record AbfsSettings
{
    public const string SharedKey = "SHARED_KEY";
    public const string ServicePrincipal = "SERVICE_PRINCIPAL";
    private const string Shape = "abfs://container@account.dfs.core.windows.net";

    public required string Container { get; init; }
    public required string Account { get; init; }
    public required RootPath Prefix { get; init; }
    /// <summary>The account's blob service, without a slash at its end.</summary>
    public required Uri Endpoint { get; init; }
    /// <summary>How the URI named container and account, for locations.</summary>
    public required string Authority { get; init; }
    /// <summary>The account's key; null where a service principal signs in.</summary>
    public Secret? AccountKey { get; init; }
    public AzurePrincipal? Principal { get; init; }

    public static (AbfsSettings? Settings, IReadOnlyList<SettingProblem> Problems) Parse(ConnectionSettings given)
    {
        var problems = SettingChecks.NothingElseThan(given, ["uri", "access_key", "secret_key"], ["authentication_type", "tenant_id", "endpoint"]);
        var (uri, problem) = StoreUri.Parse(given.Uri, ["abfs", "abfss"], Shape);
        var place = Authorities().Match(uri?.Authority ?? "");
        if (string.IsNullOrWhiteSpace(given.Uri)) problems.Add(SettingChecks.Missing($"The URI of the container is missing, such as {Shape}.", "uri"));
        else if (uri is null || !place.Success) problems.Add(new(["uri"], problem ?? $"The URI should look like {Shape}."));

        var account = place.Groups["account"].Value;
        var endpoint = Endpoints(given, place, problems);
        var principal = given.Text("authentication_type") switch
        {
            null or SharedKey => CheckKey(given, account, problems),
            ServicePrincipal => CheckPrincipal(given, place.Groups["suffix"].Value, endpoint, problems),
            _ => Refuse(problems),
        };
        if (problems.Count > 0) return (null, problems);
        return (new AbfsSettings
        {
            Container = place.Groups["container"].Value,
            Account = account,
            Prefix = uri!.Prefix,
            Endpoint = endpoint!,
            Authority = uri.Authority,
            AccountKey = principal is null ? given.SecretKey : null,
            Principal = principal,
        }, []);
    }

    private static AzurePrincipal? CheckKey(ConnectionSettings given, string account, List<SettingProblem> problems)
    {
        if (string.IsNullOrEmpty(given.AccessKey)) problems.Add(SettingChecks.Missing("The account's name is missing.", "access_key"));
        else if (account.Length > 0 && given.AccessKey != account)
            problems.Add(new(["access_key"], $"With a shared key this is the name of the account, which the URI says is '{account}'."));
        var key = given.SecretKey?.Reveal() ?? "";
        if (key.Length == 0) problems.Add(SettingChecks.Missing("The account's key is missing.", "secret_key"));
        else if (!Convert.TryFromBase64String(key, new byte[key.Length], out _)) problems.Add(new(["secret_key"], "This is no account key: it should be Base64, as the portal shows it."));
        if (given.Text("tenant_id") is not null) problems.Add(new(["parameters", "tenant_id"], "tenant_id goes with authentication_type SERVICE_PRINCIPAL."));
        return null;
    }

    private static AzurePrincipal? CheckPrincipal(ConnectionSettings given, string suffix, Uri? endpoint, List<SettingProblem> problems)
    {
        if (string.IsNullOrEmpty(given.AccessKey)) problems.Add(SettingChecks.Missing("The principal's client id is missing.", "access_key"));
        if (given.SecretKey is null || given.SecretKey.Reveal().Length == 0) problems.Add(SettingChecks.Missing("The principal's client secret is missing.", "secret_key"));
        var tenant = given.Text("tenant_id");
        if (tenant is null) problems.Add(SettingChecks.Missing("The principal's tenant is missing.", "parameters", "tenant_id"));
        else if (!Tenants().IsMatch(tenant)) problems.Add(new(["parameters", "tenant_id"], "A tenant is an id such as 72f988bf-86f1-41af-91ab-2d7cd011db47, or a domain."));
        if (endpoint is { Scheme: "http", IsLoopback: false }) problems.Add(new(["parameters", "endpoint"], "Tokens are sent over https only."));
        return problems.Count > 0 ? null : new AzurePrincipal(tenant!, given.AccessKey!, given.SecretKey!, AzureClouds.AuthorityOf(suffix));
    }

    private static AzurePrincipal? Refuse(List<SettingProblem> problems)
    {
        problems.Add(new(["parameters", "authentication_type"], "authentication_type is SHARED_KEY or SERVICE_PRINCIPAL."));
        return null;
    }

    private static Uri? Endpoints(ConnectionSettings given, Match place, List<SettingProblem> problems)
    {
        if (given.Text("endpoint") is not { } text)
            return place.Success ? new Uri($"https://{place.Groups["account"].Value}.blob.{place.Groups["suffix"].Value}") : null;
        var (endpoint, problem) = EndpointSetting.Parse(text, pathAllowed: true);
        if (problem is not null) problems.Add(new(["parameters", "endpoint"], problem));
        return endpoint;
    }

    [GeneratedRegex(@"^(?<container>\$root|\$web|[a-z0-9](-?[a-z0-9]){2,62})@(?<account>[a-z0-9-]{3,40})\.(dfs|blob)\.(?<suffix>[a-z0-9.-]+)$")]
    private static partial Regex Authorities();

    [GeneratedRegex(@"^[A-Za-z0-9.-]{3,100}$")]
    private static partial Regex Tenants();
}
