using Assay.Engine;
using Assay.Quality.Profiling;

namespace Assay.Quality.Computed;

/// <summary>The columns of a SELECT, as fields.</summary>
public static class EngineColumns
{
    /// <param name="describe">The rows of the engine's DESCRIBE: name and type first.</param>
    public static IReadOnlyList<ContainerField> Of(IEnumerable<EngineRow> describe) => [.. describe.Select(row => Of(row.GetText(0)!, row.GetText(1)!))];

    private static ContainerField Of(string name, string type)
    {
        var bare = EngineTypes.Bare(type);
        return new(name, Kind(bare), bare.StartsWith("Array(", StringComparison.Ordinal) ? Kind(EngineTypes.Bare(EngineTypes.Element(bare))) : null, type);
    }

    private static FieldType Kind(string bare) => Enum.Parse<FieldType>(EngineTypes.KindOf(bare).ToString());
}
