using Assay.Sources.Files.Formats;
using Assay.Sources.Files.Gateway;
using Assay.Sources.Files.Paths;
using Assay.Sources.Files.Stores;
using Assay.Sources.Reading;

namespace Assay.Sources.Files.Reading;

/// <summary>Makes a source of files for the engine: read by itself where it can, otherwise streamed to it.</summary>
/// <param name="reopen">Opens the store again, for what happens after the description.</param>
internal sealed class FileReads(EngineRoutes routes, Func<OpenedStore> reopen)
{
    public async Task<EngineSource> DescribeAsync(IFileStore store, RootPath root, bool folderGlobbing, ContainerRead read, CancellationToken cancel)
    {
        var plan = await new ReadPlanner(store, root, folderGlobbing).PlanAsync(read, cancel);
        if (plan.Files.Count == 0) return Nothing(plan);
        var family = KnownFormats.TryFind(plan.File.Format, out var format) ? format.Family : FormatFamily.TableFolder;
        return family switch
        {
            FormatFamily.Delimited => await DelimitedReads.DescribeAsync(store, reopen, stop => OpenAsync(plan, stop), plan, cancel),
            FormatFamily.Json => JsonReads.Describe(stop => OpenAsync(plan, stop), plan),
            FormatFamily.Workbook => WorkbookReads.Describe(reopen, plan),
            FormatFamily.Embedded => EmbeddedReads.Describe(stop => OpenAsync(plan, stop), plan),
            _ => TableReads.Describe(stop => OpenAsync(plan, stop), plan),
        };
    }

    private async Task<EngineRoute> OpenAsync(ReadPlan plan, CancellationToken cancel)
    {
        var opened = reopen();
        try
        {
            var route = ReadPlanner.IsTable(plan.File)
                ? await routes.ToTableAsync(opened.Store, plan.Files[0].Key, cancel)
                : await routes.ToFilesAsync(opened.Store, opened.Name, plan.Files, cancel);
            return route.Holding(opened);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>No file is left to read: the columns without a row.</summary>
    private static TableFunctionSource Nothing(ReadPlan plan) => new((_, values) =>
    {
        var types = plan.Chosen.Select(f => f with { NativeType = IsInferred(plan) ? ColumnTypes.Inferred(f) : ColumnTypes.Declared(f) });
        var structure = ColumnTypes.Structure(types, f => f.NativeType);
        return $"SELECT {FileSelect.Columns(plan.Chosen)}{plan.PartitionAs("''")} FROM null({values.Value(structure)})";
    });

    private static bool IsInferred(ReadPlan plan) =>
        KnownFormats.TryFind(plan.File.Format, out var format) && format.Family is FormatFamily.Delimited or FormatFamily.Json or FormatFamily.Workbook;
}
