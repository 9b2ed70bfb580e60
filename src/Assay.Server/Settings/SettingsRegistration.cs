using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Assay.Server.Settings;

internal static class SettingsRegistration
{
    private const string Prefix = "ASSAY_";

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="StartupException">A setting is malformed; the message names it.</exception>
    public static AssaySettings AddSettings(this WebApplicationBuilder builder)
    {
        // ASSAY_ADMIN_TOKEN names the property AdminToken: underscores separate words.
        var variables = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .Where(v => ((string)v.Key).StartsWith(Prefix, StringComparison.Ordinal))
            .Select(v => KeyValuePair.Create($"Assay:{((string)v.Key)[Prefix.Length..].Replace("_", "")}", (string?)v.Value));
        builder.Configuration.AddInMemoryCollection(variables);
        var settings = Bind(builder.Configuration.GetSection("Assay"));
        builder.Services.AddSingleton(settings);
        return settings;
    }

    private static AssaySettings Bind(IConfigurationSection section)
    {
        var settings = new AssaySettings();
        foreach (var property in typeof(AssaySettings).GetProperties())
        {
            if (section[property.Name] is not { Length: > 0 } text) continue;
            try { property.SetValue(settings, Parse(text, property.PropertyType)); }
            catch (Exception problem) when (problem is FormatException or OverflowException)
            {
                throw new StartupException($"{Variable(property.Name)}: '{text}' is not {Expected(property.PropertyType)}.");
            }
        }
        var problems = new List<ValidationResult>();
        if (!Validator.TryValidateObject(settings, new ValidationContext(settings), problems, validateAllProperties: true))
            throw new StartupException($"{Variable(problems[0].MemberNames.First())}: {problems[0].ErrorMessage}");
        return settings;
    }

    private static object Parse(string text, Type type)
    {
        if (!type.IsEnum) return Convert.ChangeType(text, type, CultureInfo.InvariantCulture);
        var name = Enum.GetNames(type).FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
        return name is null ? throw new FormatException() : Enum.Parse(type, name);
    }

    private static string Expected(Type type) => type.IsEnum
        ? $"one of {string.Join(", ", Enum.GetNames(type).Select(n => n.ToLowerInvariant()))}"
        : type == typeof(int) ? "a whole number" : $"a valid {type.Name}";

    /// <summary>The environment variable of a property: <c>AdminToken</c> → <c>ASSAY_ADMIN_TOKEN</c>.</summary>
    public static string Variable(string property) => Prefix + Web.Json.Name(property).ToUpperInvariant();
}

/// <summary>Assay cannot start; the message is the one clear line that is printed.</summary>
internal sealed class StartupException(string message) : Exception(message);
