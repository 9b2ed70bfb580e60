using Assay.Sources.Reading;

namespace Assay.Sources.Files.Reading;

/// <summary>How the engine reaches the files of a store: by its table functions, with the store's credentials.</summary>
internal abstract class EngineReach
{
    /// <summary>What the engine's virtual column <c>_path</c> shows for a key.</summary>
    public abstract string PathOf(string key);

    /// <summary>Writes the call of a table function over files.</summary>
    public abstract string Files(EngineFiles files, string? cluster, Placeholders values);

    /// <summary>Writes the call of a table function over a table folder.</summary>
    /// <param name="format"><c>delta</c> or <c>iceberg</c>.</param>
    public abstract string Table(string format, string folderKey, string? cluster, Placeholders values);

    /// <summary>The function's name and the arguments that come before all others, for one engine or a cluster of them.</summary>
    public static string Call(string function, string? cluster, Placeholders values) =>
        cluster is null ? $"{function}(" : $"{function}Cluster({values.Value(cluster)}, ";
}

/// <param name="Paths">What the engine is to look for; <see cref="KeyGlob"/> writes it.</param>
/// <param name="Format">The engine's format.</param>
/// <param name="Structure">Columns and types; null leaves them to the format.</param>
/// <param name="Compression"><c>gzip</c> or <c>none</c>.</param>
internal sealed record EngineFiles(KeyGlob Paths, string Format, string? Structure, string Compression);
