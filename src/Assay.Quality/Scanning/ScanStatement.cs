using Assay.Engine;

namespace Assay.Quality.Scanning;

/// <summary>The settings that statements of a scan rely on.</summary>
internal static class ScanStatement
{
    public static EngineQuery Of(string sql) => Settle(new EngineQuery(sql));

    public static EngineQuery Settle(EngineQuery query) => query
        // Many checks make long statements.
        .WithSetting("max_query_size", 256 * 1024 * 1024)
        .WithSetting("max_ast_elements", 10_000_000)
        .WithSetting("max_expanded_ast_elements", 10_000_000)
        .WithSetting("max_parser_depth", 10_000)
        // A column may be called like a name that a statement gives.
        .WithSetting("prefer_column_name_to_alias", true)
        .WithSetting("date_time_output_format", "iso")
        .WithSetting("output_format_json_quote_denormals", true)
        .WithSetting("output_format_json_quote_64bit_integers", false)
        .WithSetting("transform_null_in", false)
        .WithSetting("join_use_nulls", true);
}
