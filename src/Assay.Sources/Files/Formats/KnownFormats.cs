using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Assay.Sources.Files.Formats;

/// <summary>The file formats of the reference, by extension, and <c>.jsonl</c>/<c>.ndjson</c> for JSON lines.</summary>
internal static class KnownFormats
{
    public static readonly FileFormat Delta = new("delta", FormatFamily.TableFolder);
    public static readonly FileFormat Iceberg = new("iceberg", FormatFamily.TableFolder);

    private static readonly FrozenDictionary<string, FileFormat> ByExtension = new Dictionary<string, FileFormat>
    {
        ["csv"] = new("csv", FormatFamily.Delimited),
        ["tsv"] = new("tsv", FormatFamily.Delimited),
        ["txt"] = new("txt", FormatFamily.Delimited),
        ["psv"] = new("psv", FormatFamily.Delimited),
        ["skv"] = new("skv", FormatFamily.Delimited),
        ["json"] = new("json", FormatFamily.Json),
        ["jsonl"] = new("json", FormatFamily.Json),
        ["ndjson"] = new("json", FormatFamily.Json),
        ["parquet"] = new("parquet", FormatFamily.Embedded),
        ["avro"] = new("avro", FormatFamily.Embedded),
        ["orc"] = new("orc", FormatFamily.Embedded),
        ["xls"] = new("xls", FormatFamily.Workbook),
        ["xlsx"] = new("xlsx", FormatFamily.Workbook),
        ["xlsm"] = new("xlsm", FormatFamily.Workbook),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static bool TryFind(string extension, [NotNullWhen(true)] out FileFormat? format) => ByExtension.TryGetValue(extension, out format);

    public static bool MayBeGzipped(FileFormat format) => format.Family is FormatFamily.Delimited or FormatFamily.Json;
}
