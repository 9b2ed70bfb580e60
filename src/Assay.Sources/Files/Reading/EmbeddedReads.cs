using Assay.Sources.Files.Gateway;
using Assay.Sources.Reading;

namespace Assay.Sources.Files.Reading;

/// <summary>Parquet, ORC and Avro: the engine reads them column by column. A file that lacks a column has NULL in it.</summary>
internal static class EmbeddedReads
{
    /// <summary>The engine's name of the format whose files say how many rows they hold.</summary>
    public const string Parquet = "Parquet";

    private static readonly string[] Settings =
    [
        "input_format_parquet_allow_missing_columns = 1", "input_format_orc_allow_missing_columns = 1", "input_format_avro_allow_missing_fields = 1",
        "input_format_null_as_default = 0",
    ];

    public static string EngineFormat(string format) => format switch { "parquet" => Parquet, "orc" => "ORC", _ => "Avro" };

    public static EngineSource Describe(Func<CancellationToken, Task<EngineRoute>> open, ReadPlan plan)
    {
        // Able to be missing also in a single file: it may have been written anew since the sync.
        var structure = ColumnTypes.Structure(plan.Fields, ColumnTypes.Declared);
        return FileSelect.Over(open, plan, FileSelect.Columns(plan.Chosen), EngineFormat(plan.File.Format), structure, null, Settings);
    }
}
