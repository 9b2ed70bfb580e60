using Assay.Sources.Contract;
using Assay.Sources.Files.Gateway;
using Assay.Sources.Files.Stores;
using Assay.Sources.Reading;

namespace Assay.Sources.Files.Reading;

/// <summary>Delta and Iceberg tables: the engine reads their present version by their own metadata.</summary>
internal static class TableReads
{
    public static EngineSource Describe(Func<CancellationToken, Task<EngineRoute>> open, ReadPlan plan) => plan.Read.After is null
        ? new RoutedSource(open, (reach, cluster, values) =>
            $"SELECT {FileSelect.Columns(plan.Chosen)}{plan.PartitionAs(values.Value(plan.PartitionOf(plan.Files[0])))} "
            + $"FROM {reach.Table(plan.File.Format, plan.Files[0].Key, cluster, values)}{plan.Limit}")
        : throw new SourceException(new SourceFault(
            SourceFaultCode.Unsupported, FileSteps.Read, $"A {plan.File.Format} table is read whole: its files do not tell which rows came later."));
}
