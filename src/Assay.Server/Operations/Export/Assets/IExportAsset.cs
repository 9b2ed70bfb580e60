using Assay.Sources.Writing;

namespace Assay.Server.Operations.Export.Assets;

/// <summary>One kind of thing that can be exported, as a table.</summary>
internal interface IExportAsset
{
    /// <summary>As <c>asset_type</c> spells it.</summary>
    string Name { get; }

    /// <summary>The table's name behind the source's prefix and an underscore.</summary>
    string Table { get; }

    IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>The rows as they are now, read in portions.</summary>
    IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync(ExportScope scope, CancellationToken cancel);
}
