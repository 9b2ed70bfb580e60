using Assay.Sources.Contract;
using Assay.Sources.Network;

namespace Assay.Sources.Drivers.Products;

/// <summary>The parameters of a connection to SQL Server, checked.</summary>
internal sealed record SqlServerSettings(
    bool Principal, string? Tenant, bool Encrypt, bool TrustsAnyCertificate, int ConnectSeconds, TimeSpan? StatementTimeout, IReadOnlyList<SettingProblem> Problems)
{
    private const int LongestId = 100;

    public static SqlServerSettings Read(SqlServerKind kind, ConnectionSettings connection)
    {
        var parameters = new Parameters(connection.Parameters);
        string[] modes = [.. kind.Basic ? ["BASIC"] : Array.Empty<string>(), .. kind.ServicePrincipal ? [SqlServerKind.PrincipalMode] : Array.Empty<string>()];
        var mode = parameters.Choice("authentication_type", modes)?.ToUpperInvariant() ?? modes[0];
        var tenant = parameters.Text("tenant_id", LongestId);
        var principal = mode == SqlServerKind.PrincipalMode;
        if (principal && string.IsNullOrEmpty(tenant)) parameters.Add("tenant_id", "Field required", "missing");
        var encrypt = parameters.Choice("encrypt", "true", "false") is not "false";
        var trust = parameters.Choice("trust_server_certificate", "true", "false") is "true";
        var connect = parameters.Number("connect_timeout", 1, 60) ?? 8;
        var statement = parameters.Number("statement_timeout", 1, 86_400);
        return new SqlServerSettings(principal, tenant, encrypt, trust, connect, statement is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            [.. HostFields.Problems(connection, kind.Spec.Type), .. parameters.Problems(kind.Spec.Type)]);
    }
}
