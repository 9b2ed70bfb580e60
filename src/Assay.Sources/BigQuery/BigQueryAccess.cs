using System.Text.Json;
using System.Text.RegularExpressions;
using Assay.Sources.Contract;
using Assay.Sources.Gcs;
using Assay.Sources.Warehouses;

namespace Assay.Sources.BigQuery;

/// <summary>A BigQuery connection's settings after checking.</summary>
internal sealed partial record BigQueryAccess : WarehouseAccess
{
    public required GoogleAccount Account { get; init; }
    /// <summary>The project that runs and pays for the statements.</summary>
    public required string Project { get; init; }
    public string? Location { get; init; }

    public static BigQueryAccess? Read(ConnectionSettings connection, out IReadOnlyList<SettingProblem> problems)
    {
        var settings = new WarehouseSettings(connection, "bigquery");
        var endpoint = settings.Endpoint(otherwise: BigQuerySpec.Host);
        var key = settings.Password().Reveal();
        GoogleAccount? account = null;
        if (key.Length > 0)
        {
            // Sign-in services that are not Google's only go with an address that is not Google's either.
            (account, var problem) = GoogleAccount.Parse(key, anyTokenUri: !string.IsNullOrEmpty(connection.Host) && endpoint?.Host.EndsWith(".googleapis.com", StringComparison.Ordinal) == false);
            if (problem is not null) settings.Add("password", problem);
        }
        var project = settings.Parameters.Text("project", 100) ?? (account is null ? "" : ProjectOf(key));
        if (account is not null && !ProjectName().IsMatch(project)) settings.Parameters.Add("project", "Input should be the id of a project; the key has none");
        var location = settings.Parameters.Text("location", 50);
        var timeout = settings.StatementTimeout();
        var connect = settings.ConnectTimeout();
        problems = settings.Problems;
        return problems.Count > 0 ? null : new BigQueryAccess
        {
            Endpoint = endpoint!,
            User = account!.Email,
            Account = account,
            Project = project,
            Location = location,
            ConnectTimeout = connect,
            StatementTimeout = timeout,
        };
    }

    private static string ProjectOf(string key)
    {
        using var document = JsonDocument.Parse(key);
        return document.RootElement.TextAt("project_id") ?? "";
    }

    [GeneratedRegex(@"^([a-z0-9.-]+:)?[a-z][a-z0-9-]{2,60}$")]
    private static partial Regex ProjectName();
}
