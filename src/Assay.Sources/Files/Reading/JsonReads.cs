using Assay.Sources.Files.Gateway;
using Assay.Sources.Reading;

namespace Assay.Sources.Files.Reading;

/// <summary>JSON in any of its shapes. What does not fit one type comes as its JSON text.</summary>
internal static class JsonReads
{
    private static readonly string[] Settings =
    [
        "date_time_input_format = 'best_effort'", "input_format_json_read_objects_as_strings = 1", "input_format_json_read_numbers_as_strings = 1",
        "input_format_json_read_bools_as_strings = 1", "input_format_json_read_arrays_as_strings = 1", "input_format_skip_unknown_fields = 1",
    ];

    public static EngineSource Describe(Func<CancellationToken, Task<EngineRoute>> open, ReadPlan plan) => FileSelect.Over(
        open, plan, FileSelect.Columns(plan.Chosen), "JSONEachRow", ColumnTypes.Structure(plan.Fields, ColumnTypes.Inferred), plan.File.Compression, Settings);
}
