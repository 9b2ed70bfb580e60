using Assay.Engine.Secrets;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Dremio;

/// <summary>A Dremio connection's settings after checking.</summary>
internal sealed record DremioAccess : WarehouseAccess
{
    public required Secret Password { get; init; }
    /// <summary>The password is a user's; otherwise it is a token.</summary>
    public required bool ByPassword { get; init; }
    /// <summary>Of Dremio Cloud; null for a server of one's own.</summary>
    public string? Project { get; init; }

    public static DremioAccess? Read(ConnectionSettings connection, out IReadOnlyList<SettingProblem> problems)
    {
        var settings = new WarehouseSettings(connection, "dremio");
        // Who gives a user means the password; the reference's token comes without one.
        var mode = settings.Parameters.Choice("authentication_type", DremioSpec.AccessToken, DremioSpec.Basic, "personal_access_token");
        var byPassword = mode is null ? !string.IsNullOrEmpty(connection.Username) : mode == "basic";
        var endpoint = settings.Endpoint(DremioSpec.PlainPort, tls: connection.Port is not DremioSpec.PlainPort);
        var user = settings.Username(required: byPassword);
        var project = settings.Parameters.Text("project_id", 36);
        if (project is not null && !Guid.TryParse(project, out _)) settings.Parameters.Add("project_id", "Input should be a project's id, such as 0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0");
        if (project is not null && byPassword) settings.Parameters.Add("authentication_type", "Dremio Cloud takes personal access tokens only");
        var access = new DremioAccess
        {
            Endpoint = endpoint ?? new Uri("https://invalid"),
            User = byPassword ? user : "the token's owner",
            Password = byPassword ? settings.Password() : settings.Token(),
            ByPassword = byPassword,
            Project = project,
            Authorities = settings.Authorities("ssl_truststore"),
            ConnectTimeout = settings.ConnectTimeout(),
            StatementTimeout = settings.StatementTimeout(),
        };
        problems = settings.Problems;
        return problems.Count == 0 ? access : null;
    }
}
