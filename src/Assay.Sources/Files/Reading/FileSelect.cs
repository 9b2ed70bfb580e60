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
        Func<CancellationToken, Task<EngineRoute>> open, ReadPlan plan, string columns, string format, string structure, string? compression, params IEnumerable<string> settings) =>
        new(open, (reach, cluster, values) =>
        {
            var paths = plan.Files.Select(f => reach.PathOf(f.Key)).ToList();
            var glob = KeyGlob.Of(paths);
            var function = reach.Files(new EngineFiles(glob, format, structure, compression ?? "none"), cluster, values);
            // The engine lists by the glob; which of the files it then opens, their paths decide.
            var where = glob.IsExact ? "" : $" WHERE _path IN {values.Value(paths, "Array(String)")}";
            var partition = plan.Read.PartitionColumn is null ? "" : plan.PartitionAs(Partition(reach, plan, paths, values));
            return $"SELECT {columns}{partition} FROM {function}{where}{plan.Limit} SETTINGS {string.Join(", ", settings.Append($"{FolderColumns} = 0"))}";
        });

    private static string Partition(EngineReach reach, ReadPlan plan, List<string> paths, Placeholders values)
    {
        var names = plan.Files.Select(plan.PartitionOf).ToList();
        if (paths.Count == 1) return values.Value(names[0]);
        return $"transform(toString(_path), {values.Value(paths, "Array(String)")}, {values.Value(names, "Array(String)")}, '')";
    }
}
