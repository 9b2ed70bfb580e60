namespace Assay.Server.Users;

/// <summary>The sign-in name of a service account: its name in lower case, spaces as <c>_</c>, nothing else but letters and digits.</summary>
internal static class ServiceAccountId
{
    public const string Suffix = "@service";

    /// <summary>Null where nothing of the name is left.</summary>
    public static string? From(string name)
    {
        var kept = string.Concat(name.Trim().ToLowerInvariant().Select(c => c == ' ' ? '_' : c).Where(c => c == '_' || char.IsLetterOrDigit(c)));
        return kept.Trim('_').Length == 0 ? null : kept + Suffix;
    }
}
