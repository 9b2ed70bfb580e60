using Assay.Sources.Files.Schema.Values;

namespace Assay.Sources.Tests.Files.Schema;

public class ValueHistogramTests
{
    private static ValueHistogram Of(params ValueKind[] kinds)
    {
        var histogram = new ValueHistogram();
        foreach (var kind in kinds) histogram.Add(kind);
        return histogram;
    }

    [Theory]
    [InlineData(FieldType.Unknown, "Nothing", "")]
    [InlineData(FieldType.Unknown, "Nothing", "Null Null")]
    [InlineData(FieldType.Integral, "Int64", "Integral Null")]
    [InlineData(FieldType.Integral, "Int128", "Integral WideIntegral")]
    [InlineData(FieldType.Fractional, "Float64", "Integral Fractional")]
    [InlineData(FieldType.String, "String", "WideIntegral Fractional")]
    [InlineData(FieldType.Boolean, "Bool", "Boolean")]
    [InlineData(FieldType.String, "String", "Boolean Integral")]
    [InlineData(FieldType.Date, "Date32", "Date Null")]
    [InlineData(FieldType.Timestamp, "DateTime64(6)", "Date Timestamp")]
    [InlineData(FieldType.String, "String", "Timestamp Text")]
    [InlineData(FieldType.Struct, "JSON", "Struct")]
    [InlineData(FieldType.String, "String", "Struct Array")]
    public void Verdict_MixOfKinds_IsTheNarrowestTypeThatHoldsAll(FieldType type, string native, string kinds) =>
        Of([.. kinds.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<ValueKind>)]).Verdict().ShouldBe((type, native));

    [Fact]
    public void Merge_OfTwo_CountsBoth()
    {
        var arrays = Of(ValueKind.Array, ValueKind.Null);
        arrays.Elements.Add(ValueKind.Integral);
        var others = Of(ValueKind.Array);
        others.Elements.Add(ValueKind.Fractional);
        arrays.Merge(others);
        var field = arrays.ToField("a", 3);
        (field.Type, field.NativeType, field.ElementType, field.Ordinal).ShouldBe((FieldType.Array, "Array(Float64)", FieldType.Fractional, 3));
        arrays.Nulls.ShouldBe(1);
    }
}
