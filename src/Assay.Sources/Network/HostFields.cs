using Assay.Sources.Contract;

namespace Assay.Sources.Network;

/// <summary>Checks the fields of a connection that names a host and signs in with user and password.</summary>
internal static class HostFields
{
    /// <param name="type">The connector's type, for messages.</param>
    /// <param name="signIn">False where user and password may be missing.</param>
    public static IEnumerable<SettingProblem> Problems(ConnectionSettings connection, string type, bool signIn = true)
    {
        var host = connection.Host?.Trim() ?? "";
        if (host.Length == 0)
            yield return Missing("host");
        else if (HostSyntax.ProblemOf(host) is { } problem)
            yield return new SettingProblem(["host"], problem);
        if (connection.Port is < 1 or > 65_535)
            yield return new SettingProblem(["port"], "Input should be a port from 1 to 65535");
        if (string.IsNullOrEmpty(connection.Username))
        {
            if (signIn) yield return Missing("username");
        }
        else if (connection.Username.Contains('\0'))
            yield return new SettingProblem(["username"], "The name must not hold a zero byte");
        var password = connection.Password?.Reveal() ?? "";
        if (signIn && password.Length == 0)
            yield return Missing("password");
        else if (password.Contains('\0'))
            yield return new SettingProblem(["password"], "The password must not hold a zero byte");
        if (!string.IsNullOrEmpty(connection.Uri))
            yield return new SettingProblem(["uri"], $"{type} takes no URL: give host, port, username and password");
    }

    private static SettingProblem Missing(string field) => new([field], "Field required", "missing");
}
