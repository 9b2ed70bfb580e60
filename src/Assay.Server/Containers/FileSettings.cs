using Assay.Sources.Contract;

namespace Assay.Server.Containers;

/// <summary>What users chose of how the files of a container are read; null for what listings find out.</summary>
/// <param name="InferDatatypes">For files without declared types whether types are sought in their values.</param>
internal sealed record FileSettings(bool? HasHeader = null, string? EscapeCharacter = null, bool? InferDatatypes = null)
{
    private const string Header = "has_header", Escape = "escape_character", Types = "infer_datatypes";

    /// <summary>Reads <see cref="Container.UserSettings"/> of a container of files: names with their values, each followed by a comma.</summary>
    public static FileSettings Parse(string userSettings)
    {
        var chosen = userSettings.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('=', 2)).Where(s => s.Length == 2).ToDictionary(s => s[0], s => s[1]);
        bool? Flag(string name) => chosen.TryGetValue(name, out var value) ? bool.Parse(value) : null;
        return new FileSettings(Flag(Header), chosen.GetValueOrDefault(Escape), Flag(Types));
    }

    public override string ToString() => $"{Part(Header, HasHeader)}{Part(Escape, EscapeCharacter)}{Part(Types, InferDatatypes)}";

    private static string Part(string name, object? value) => value is null ? "" : $"{name}={(value is bool flag ? flag ? "true" : "false" : value)},";

    /// <summary>The same as a listing takes it.</summary>
    public FileChoice ToChoice() => new(HasHeader, EscapeCharacter is [var escape] ? escape : null, InferDatatypes ?? true);
}
