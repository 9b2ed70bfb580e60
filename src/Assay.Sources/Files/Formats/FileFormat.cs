namespace Assay.Sources.Files.Formats;

/// <summary>How the structure of a format is found out.</summary>
internal enum FormatFamily
{
    /// <summary>Lines of cells: sampled.</summary>
    Delimited,
    /// <summary>JSON documents or lines: sampled.</summary>
    Json,
    /// <summary>Workbooks: the first sheet is sampled.</summary>
    Workbook,
    /// <summary>Files that carry their schema.</summary>
    Embedded,
    /// <summary>Folders that are one table, with a log or metadata of their own.</summary>
    TableFolder,
}

/// <param name="Name">The format's name in the API: csv, parquet, delta, ...</param>
internal sealed record FileFormat(string Name, FormatFamily Family);
