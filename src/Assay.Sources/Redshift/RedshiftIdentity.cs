using System.Text.RegularExpressions;
using Assay.Sources.Contract;
using Assay.Sources.Files.Http;
using Assay.Sources.Files.Paths;
using Assay.Sources.S3;

namespace Assay.Sources.Redshift;

/// <summary>A connection that signs in by a role of Amazon's: whose database is meant, and who asks for its temporary password.</summary>
/// <param name="Cluster">The cluster's name; null where it is a workgroup of Redshift Serverless.</param>
/// <param name="Workgroup">The workgroup's name; null where it is a cluster.</param>
/// <param name="Endpoint">Where the passwords are given out.</param>
/// <param name="Role">Keys and role, in the form in which the connector of S3 has them: they are signed in with in the same way.</param>
internal sealed partial record RedshiftIdentity(string? Cluster, string? Workgroup, string Region, Uri Endpoint, S3Settings Role)
{
    public const string Mode = "IAM_ROLE";

    private static readonly string[] own = ["authentication_type", "role_arn", "external_id", "cluster", "workgroup", "region", "endpoint", "sts_endpoint"];

    public static bool IsMeant(ConnectionSettings connection) =>
        connection.Parameters.TryGetValue("authentication_type", out var mode) && mode.ValueKind is System.Text.Json.JsonValueKind.String && mode.GetString()!.Equals(Mode, StringComparison.OrdinalIgnoreCase);

    /// <summary>The connection without what is only about the role.</summary>
    public static ConnectionSettings Without(ConnectionSettings connection) => connection with
    {
        Parameters = connection.Parameters.Where(p => !own.Contains(p.Key)).ToDictionary(p => p.Key, p => p.Value),
        AccessKey = null,
        SecretKey = null,
    };

    public static RedshiftIdentity? Read(ConnectionSettings connection, out IReadOnlyList<SettingProblem> problems)
    {
        var parameters = new Parameters(connection.Parameters.Where(p => own.Contains(p.Key)).ToDictionary(p => p.Key, p => p.Value));
        parameters.Text("authentication_type", 20);
        var host = HostName().Match(connection.Host?.Trim() ?? "");
        var serverless = host.Groups["serverless"].Success;
        var (role, external) = (parameters.Text("role_arn", 2048), parameters.Text("external_id", 1224));
        if (role is null) parameters.Add("role_arn", "Field required", "missing");
        else if (!RoleName().IsMatch(role)) parameters.Add("role_arn", "A role looks like arn:aws:iam::123456789012:role/name.");
        var workgroup = parameters.Text("workgroup", 64) ?? (host.Success && serverless ? host.Groups["name"].Value : null);
        var cluster = parameters.Text("cluster", 63) ?? (host.Success && !serverless && workgroup is null ? host.Groups["name"].Value : null);
        if (cluster is null && workgroup is null) parameters.Add("cluster", "The host does not name the cluster: give cluster, or workgroup for Redshift Serverless", "missing");
        if (cluster is not null && workgroup is not null) parameters.Add("cluster", "Give either cluster or workgroup");
        var region = parameters.Text("region", 40) ?? (host.Success ? host.Groups["region"].Value : null);
        if (region is null) parameters.Add("region", "The host does not name its region: it has to be given", "missing");
        else if (!RegionName().IsMatch(region)) parameters.Add("region", "A region looks like eu-central-1.");
        var (endpoint, sts) = (Address("endpoint"), Address("sts_endpoint"));
        var keys = new[] { connection.AccessKey, connection.SecretKey?.Reveal() };
        List<SettingProblem> wrong = [.. parameters.Problems("redshift")];
        if (keys.Count(string.IsNullOrEmpty) == 1) wrong.Add(new([string.IsNullOrEmpty(keys[0]) ? "access_key" : "secret_key"], "Field required", "missing"));
        problems = wrong;
        return wrong.Count > 0 ? null : new RedshiftIdentity(cluster, workgroup, region!,
            endpoint ?? new Uri($"https://{(workgroup is null ? "redshift" : "redshift-serverless")}.{region}.amazonaws.com{(region!.StartsWith("cn-", StringComparison.Ordinal) ? ".cn" : "")}"),
            new S3Settings
            {
                Bucket = "",
                Prefix = RootPath.BucketRoot,
                AccessKey = string.IsNullOrEmpty(connection.AccessKey) ? null : connection.AccessKey,
                SecretKey = string.IsNullOrEmpty(connection.AccessKey) ? null : connection.SecretKey,
                RoleArn = role,
                ExternalId = external,
                StsEndpoint = sts,
                Region = region,
            });

        Uri? Address(string name)
        {
            if (parameters.Text(name, 500) is not { } text) return null;
            var (address, problem) = EndpointSetting.Parse(text);
            if (problem is not null) parameters.Add(name, problem);
            return address;
        }
    }

    // name.id.region.redshift.amazonaws.com, name.account.region.redshift-serverless.amazonaws.com
    [GeneratedRegex(@"^(?<name>[a-z][a-z0-9-]*)\.[a-z0-9]+\.(?<region>[a-z]{2}(?:-[a-z]+)+-\d)\.redshift(?<serverless>-serverless)?\.amazonaws\.com(\.cn)?$", RegexOptions.IgnoreCase)]
    private static partial Regex HostName();

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::\d{12}:role/[\w+=,.@/-]+$")]
    private static partial Regex RoleName();

    [GeneratedRegex(@"^[a-z]{2}(-[a-z]+)+-\d$")]
    private static partial Regex RegionName();
}
