using Assay.Engine;
using Assay.Sources.Contract;
using Assay.Sources.Files.Gateway;
using Assay.Sources.Reading;

namespace Assay.Sources.Files.Reading;

/// <summary>Writes the SELECT over the files of a plan.</summary>
internal static class FileSelect
{
    /// <summary>
    /// The engine's setting by which folders named <c>key=value</c> become columns. Off for schemas and reads alike: with a structure
    /// that is given, such columns come out as zeros.
    /// </summary>
    public const string FolderColumns = "use_hive_partitioning";

    public static string Columns(IEnumerable<FieldStructure> fields) => EngineName.List(fields.Select(f => f.Name));

    /// <param name="columns">The SELECT's expressions.</param>
    /// <param name="settings">The engine's settings for this part of the statement, as <c>name = value</c>.</param>
    public static RoutedSource Over(
        Func<CancellationToken, Task<EngineRoute>> open, ReadPlan plan, string columns, string format, string structure, string? compression, params IEnumerable<string> settings)
    {
        var settled = $" SETTINGS {string.Join(", ", settings.Append($"{FolderColumns} = 0"))}";
        return new(open, (reach, cluster, values) =>
        {
            var paths = Paths(reach);
            var partition = plan.Read.PartitionColumn is null ? "" : plan.PartitionAs(Partition(reach, plan, paths, values));
            return $"SELECT {columns}{partition} FROM {Files(reach, cluster, paths, values)}{plan.Limit}{settled}";
        })
        {
            // Of a bare table function the engine takes the count from the footers; of a sub-select it would read a column.
            Count = format == EmbeddedReads.Parquet && plan.Limit.Length == 0 ? (reach, cluster, values) => $"SELECT toInt64(count()) FROM {Files(reach, cluster, Paths(reach), values)}{settled}" : null,
        };

        List<string> Paths(EngineReach reach) => [.. plan.Files.Select(f => reach.PathOf(f.Key))];

        string Files(EngineReach reach, string? cluster, List<string> paths, Placeholders values)
        {
            var glob = KeyGlob.Of(paths);
            var function = reach.Files(new EngineFiles(glob, format, structure, compression ?? "none"), cluster, values);
            // The engine lists by the glob; which of the files it then opens, their paths decide.
            return glob.IsExact ? function : $"{function} WHERE _path IN {values.Value(paths, "Array(String)")}";
        }
    }

    private static string Partition(EngineReach reach, ReadPlan plan, List<string> paths, Placeholders values)
    {
        var names = plan.Files.Select(plan.PartitionOf).ToList();
        if (paths.Count == 1) return values.Value(names[0]);
        return $"transform(toString(_path), {values.Value(paths, "Array(String)")}, {values.Value(names, "Array(String)")}, '')";
    }
}
