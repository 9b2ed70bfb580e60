using Assay.Sources.Files.Reading;
using Assay.Sources.Reading;

namespace Assay.Sources.Local;

/// <summary>The built-in engine's way to files of its machine: always by their real paths, which were checked to lie in the files root.</summary>
internal sealed class LocalReach(Func<string, string> realPathOf) : EngineReach
{
    public override string PathOf(string key) => realPathOf(key);

    public override string Files(EngineFiles files, string? cluster, Placeholders values) =>
        $"file({values.Value(files.Paths.Text)}, {values.Value(files.Format)}, {values.Value(files.Structure ?? "auto")}, {values.Value(files.Compression)})";

    // The engine would follow a table's metadata to any file of the machine.
    public override string Table(string format, string folderKey, string? cluster, Placeholders values) =>
        throw new InvalidOperationException("Tables in local folders are read through the gateway.");
}
