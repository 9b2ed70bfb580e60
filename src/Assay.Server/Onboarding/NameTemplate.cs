using System.Text.RegularExpressions;

namespace Assay.Server.Onboarding;

/// <summary>Names made from a text with <c>{{ schema }}</c> in it, blanks optional.</summary>
internal static partial class NameTemplate
{
    public static bool HasPlace(string template) => Place().IsMatch(template);

    /// <summary>The name for a schema or root path; without a template the connection's name comes in front.</summary>
    public static string NameOf(string? template, string connectionName, string place) =>
        template is null ? $"{connectionName}_{place}" : Place().Replace(template, _ => place);

    [GeneratedRegex(@"\{\{\s*schema\s*\}\}")]
    private static partial Regex Place();
}
