namespace Assay.Server.Users;

/// <summary>Tells an e-mail address from a slip of the keyboard: something, an @, a domain, and no blanks. Only mail itself proves more.</summary>
internal static class EmailAddress
{
    public static bool IsPlausible(string text)
    {
        var at = text.IndexOf('@');
        return at > 0 && at == text.LastIndexOf('@') && at < text.Length - 1 && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
    }
}
