using System.Text.RegularExpressions;
using Assay.Engine.Secrets;
using Assay.Sources.Contract;
using Assay.Sources.Files.Http;
using Assay.Sources.Files.Paths;
using Assay.Sources.S3;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Athena;

/// <summary>An Athena connection's settings after checking.</summary>
internal sealed partial record AthenaAccess : WarehouseAccess
{
    public required string Region { get; init; }
    public string? Output { get; init; }
    public required string Workgroup { get; init; }
    /// <summary>Keys and role, in the form in which the connector of S3 has them: they are signed in with in the same way.</summary>
    public required S3Settings Identity { get; init; }

    public static AthenaAccess? Read(ConnectionSettings connection, out IReadOnlyList<SettingProblem> problems)
    {
        var settings = new WarehouseSettings(connection, "athena");
        var byRole = settings.Mode(AthenaSpec.Basic, AthenaSpec.IamRole) == AthenaSpec.IamRole;
        var endpoint = settings.Endpoint();
        var (user, password) = (settings.Username(required: !byRole), settings.Password(required: !byRole));
        if (byRole && user.Length > 0 != password.Reveal().Length > 0) settings.Missing(user.Length > 0 ? "password" : "username");
        var role = Parameter("role_arn", RoleName(), "A role looks like arn:aws:iam::123456789012:role/name.");
        if (byRole && role is null && !connection.Parameters.ContainsKey("role_arn")) settings.Parameters.Add("role_arn", "Field required", "missing");
        if (!byRole && role is not null) settings.Parameters.Add("role_arn", "role_arn goes with authentication_type IAM_ROLE.");
        var region = Parameter("region", RegionName(), "A region looks like eu-central-1.") ?? HostRegion().Match(endpoint?.Host ?? "").Groups[1].Value;
        if (endpoint is not null && region.Length == 0) settings.Parameters.Add("region", "The host does not name its region: it has to be given", "missing");
        var output = Parameter("output", Location(), "Input should look like s3://bucket/folder/.");
        var external = settings.Parameters.Text("external_id", 1224);
        Uri? sts = null;
        if (settings.Parameters.Text("sts_endpoint", 500) is { } text)
        {
            (sts, var problem) = EndpointSetting.Parse(text);
            if (problem is not null) settings.Parameters.Add("sts_endpoint", problem);
        }
        var access = new AthenaAccess
        {
            Endpoint = endpoint ?? new Uri("https://invalid"),
            User = byRole ? role ?? "" : user,
            Region = region,
            Output = output,
            Workgroup = settings.Parameters.Text("workgroup", 128) ?? "primary",
            Identity = new S3Settings
            {
                Bucket = "",
                Prefix = RootPath.BucketRoot,
                AccessKey = user.Length > 0 ? user : null,
                SecretKey = user.Length > 0 ? new Secret(password.Reveal()) : null,
                RoleArn = byRole ? role : null,
                ExternalId = external,
                StsEndpoint = sts,
                Region = region,
            },
            ConnectTimeout = settings.ConnectTimeout(),
            StatementTimeout = settings.StatementTimeout(),
        };
        problems = settings.Problems;
        return problems.Count == 0 ? access : null;

        string? Parameter(string name, Regex form, string otherwise)
        {
            if (settings.Parameters.Text(name, 2048) is not { Length: > 0 } value) return null;
            if (form.IsMatch(value)) return value;
            settings.Parameters.Add(name, otherwise);
            return null;
        }
    }

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::\d{12}:role/[\w+=,.@/-]+$")]
    private static partial Regex RoleName();

    [GeneratedRegex(@"^[a-z]{2}(-[a-z]+)+-\d$")]
    private static partial Regex RegionName();

    [GeneratedRegex(@"\.([a-z]{2}(?:-[a-z]+)+-\d)\.")]
    private static partial Regex HostRegion();

    [GeneratedRegex(@"^s3://[A-Za-z0-9][A-Za-z0-9._-]+(/.*)?$")]
    private static partial Regex Location();
}
