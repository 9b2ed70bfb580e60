namespace Assay.Quality.Inference;

/// <summary>Which fields are named after a key of another container.</summary>
public static class KeyNames
{
    /// <summary><c>customer_id</c> or <c>customer</c> for the key <c>id</c> or <c>customer_id</c> of <c>customers</c>.</summary>
    public static bool IsNamedAfter(string field, string container, string key)
    {
        var (name, wanted, owner) = (Plain(field), Plain(key), Plain(Owner(container)).TrimEnd('s'));
        return name == wanted && wanted.Length > 3 || owner.Length > 2 && (name == owner + wanted || name == owner + "id" && wanted == "id" || name == owner);
    }

    /// <summary>A file is named by its path.</summary>
    private static string Owner(string container) => Path.GetFileNameWithoutExtension(container.Replace('*', ' '));

    private static string Plain(string name) => string.Concat(name.ToLowerInvariant().Where(char.IsLetterOrDigit));
}
