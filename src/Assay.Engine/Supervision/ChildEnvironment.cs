namespace Assay.Engine.Supervision;

/// <summary>
/// What the child gets of our environment. A statement can read its process's environment, so nothing may be in it that
/// is meant for Assay: its keys, or a cloud's credentials that a datastore would then borrow.
/// </summary>
internal static class ChildEnvironment
{
    private static readonly HashSet<string> Passed = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR",
    };

    internal static void Reduce(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.ToList())
        {
            // The runtime's own settings, the place it is installed in among them.
            if (!Passed.Contains(name) && !name.StartsWith("DOTNET_", StringComparison.Ordinal))
                environment.Remove(name);
        }
    }
}
