using Assay.Quality.Checks;
using Assay.Quality.Scanning;

namespace Assay.Quality.Tests.Scanning;

/// <summary>Small relations and scans of them.</summary>
internal static class Tables
{
    public static readonly DateTimeOffset Now = new(2024, 3, 15, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A relation of literal rows.</summary>
    /// <param name="structure">Columns with the engine's types.</param>
    /// <param name="rows">Rows in parentheses.</param>
    /// <param name="fields">The fields as the platform knows them.</param>
    public static Relation Of(string structure, string rows, params ContainerField[] fields) =>
        new("things", $"SELECT * FROM values('{structure.Replace("'", "\\'", StringComparison.Ordinal)}', {rows})") { Fields = fields, Datastore = "store" };

    /// <summary>Numbered rows of one column <c>v</c>, and an <c>id</c> from 1.</summary>
    public static Relation Column(string type, FieldType declared, params string[] values) => Of(
        $"id Int64, v {type}",
        string.Join(", ", values.Select((v, i) => $"({i + 1}, {v})")),
        new("id", FieldType.Integral), new("v", declared, ElementOf(type)));

    public static CheckDefinition Check(string rule, string fields = "v", string? properties = null, long id = 1) => new()
    {
        Id = id,
        Rule = rule,
        Fields = fields.Split(',', StringSplitOptions.RemoveEmptyEntries),
        Properties = CheckProperties.Parse(properties),
    };

    public static ScanRequest Scan(Relation rows, params CheckDefinition[] checks) => new()
    {
        Rows = rows,
        Checks = [.. checks.Select(c => new ScanCheck(c))],
        Now = Now,
        RollupThreshold = 1000,
    };

    private static FieldType? ElementOf(string type) => !type.StartsWith("Array", StringComparison.Ordinal) ? null
        : type.Contains("Int", StringComparison.Ordinal) ? FieldType.Integral : FieldType.String;
}
