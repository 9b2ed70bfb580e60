using System.Diagnostics.CodeAnalysis;

namespace Assay.Sources.Files.Formats;

/// <summary>A file name taken apart: what stands before the extension, the extension with any <c>.gz</c>, and what it means.</summary>
internal sealed record FileName(string Stem, string Extension, FileFormat Format, string? Compression)
{
    /// <summary>
    /// False for files of other kinds, and for the ones that are hidden by convention: a leading dot, and the lock files
    /// that spreadsheet programs leave (<c>~$</c>).
    /// </summary>
    public static bool TryParse(string name, [NotNullWhen(true)] out FileName? parsed)
    {
        parsed = null;
        if (name.StartsWith('.') || name.StartsWith("~$", StringComparison.Ordinal)) return false;
        var packed = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        var bare = packed ? name[..^3] : name;
        var dot = bare.LastIndexOf('.');
        if (dot <= 0 || !KnownFormats.TryFind(bare[(dot + 1)..], out var format)) return false;
        if (packed && !KnownFormats.MayBeGzipped(format)) return false;
        parsed = new FileName(bare[..dot], name[dot..], format, packed ? "gzip" : null);
        return true;
    }
}
