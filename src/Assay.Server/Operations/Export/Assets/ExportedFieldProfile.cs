using System.Globalization;
using System.Text.Json;
using Assay.Server.Fields;
using Assay.Server.Profiles;
using Assay.Server.Web;
using Assay.Sources.Writing;

namespace Assay.Server.Operations.Export.Assets;

/// <summary>A field's profile on its way into a table.</summary>
internal sealed record ExportedFieldProfile(FieldProfileView View, FieldView Field, ExportScope Scope)
{
    public static IReadOnlyList<ExportColumn<ExportedFieldProfile>> Columns { get; } =
    [
        new("field_profile_id", TableType.Integral, p => p.View.Id),
        new("name", TableType.Text, p => p.View.Name),
        new("field_id", TableType.Integral, p => p.Field.Id),
        new("field_name", TableType.Text, p => p.Field.Name),
        new("field_type", TableType.Text, p => p.View.FieldType),
        new("type_declared", TableType.Boolean, p => p.View.TypeDeclared),
        new("field_weight", TableType.Integral, p => p.Field.Weight),
        new("field_global_tags", TableType.Text, p => ExportText.Joined(p.Field.GlobalTags)),
        new("field_quality_score", TableType.Fractional, p => p.Field.QualityScore?.Total),
        new("container_id", TableType.Integral, p => p.Field.Container.Id),
        new("source_container", TableType.Text, p => p.Field.Container.Name),
        new("container_store_type", TableType.Text, p => p.Field.Container.ContainerType),
        new("datastore_id", TableType.Integral, p => p.Scope.Source.Id),
        new("source_datastore", TableType.Text, p => p.Scope.Source.Name),
        new("datastore_type", TableType.Text, p => p.Scope.Source.Type),
        new("completeness", TableType.Fractional, p => p.View.Completeness),
        new("approximate_distinct_values", TableType.Fractional, p => (double?)p.View.ApproximateDistinctValues),
        new("unique_distinct_ratio", TableType.Fractional, p => p.View.UniqueDistinctRatio),
        new("entropy", TableType.Fractional, p => p.View.Entropy),
        new("min", TableType.Fractional, p => Number(p.View.Min)),
        new("max", TableType.Fractional, p => Number(p.View.Max)),
        new("mean", TableType.Fractional, p => p.View.Mean),
        new("median", TableType.Fractional, p => p.View.Median),
        new("q1", TableType.Fractional, p => p.View.Q1),
        new("q3", TableType.Fractional, p => p.View.Q3),
        new("std_dev", TableType.Fractional, p => p.View.StdDev),
        new("sum", TableType.Fractional, p => Number(p.View.Sum)),
        new("skewness", TableType.Fractional, p => p.View.Skewness),
        new("kurtosis", TableType.Fractional, p => p.View.Kurtosis),
        new("is_not_normal", TableType.Boolean, p => p.View.IsNotNormal),
        new("min_length", TableType.Fractional, p => (double?)p.View.MinLength),
        new("max_length", TableType.Fractional, p => (double?)p.View.MaxLength),
        new("kll", TableType.Text, p => p.View.Kll is { } sketch ? JsonSerializer.Serialize(sketch, Json.Options) : null),
        new("histogram_buckets", TableType.Text, p => JsonSerializer.Serialize(p.View.HistogramBuckets.Select(b => new { b.Value, b.Count, b.Ratio }), Json.Options)),
        new("created", TableType.Text, p => ExportText.Time(p.View.Created)),
        new("generated_at", TableType.Text, p => ExportText.Generated(p.Scope.Generated)),
    ];

    /// <summary>A figure as a number; of a time the seconds since 1970.</summary>
    private static double? Number(JsonElement? figure) => figure switch
    {
        { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        { ValueKind: JsonValueKind.String } text when DateTimeOffset.TryParse(text.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            => (time - DateTimeOffset.UnixEpoch).TotalSeconds,
        _ => null,
    };
}
