using Assay.Sources.Files.Schema;

namespace Assay.Sources.Tests.Files.Schema;

public class SchemaMergeTests
{
    private static FieldStructure Field(string name, FieldType type, string native, bool? nullable = null, int ordinal = 1) => new(name, ordinal, type, native, nullable);

    private static FieldStructure Merge(FieldStructure a, FieldStructure b) => SchemaMerge.Of([new([a]), new([b])]).Fields.ShouldHaveSingleItem();

    [Fact]
    public void Of_OneSchema_IsThatSchema()
    {
        var schema = new FileSchema([Field("a", FieldType.Date, "Date32")]) { Delimiter = ";" };
        SchemaMerge.Of([schema]).ShouldBeSameAs(schema);
    }

    [Fact]
    public void Of_FieldsThatOneLacks_AreAddedBehindTheFirstOnes()
    {
        var merged = SchemaMerge.Of(
            [new([Field("b", FieldType.String, "String"), Field("a", FieldType.String, "String", ordinal: 2)]) { HasHeader = true }, new([Field("c", FieldType.String, "String"), Field("a", FieldType.String, "String", ordinal: 2)])]);
        merged.Fields.Select(f => $"{f.Ordinal} {f.Name}").ShouldBe(["1 b", "2 a", "3 c"]);
        merged.HasHeader.ShouldBe(true);
    }

    [Theory]
    [InlineData(FieldType.Integral, "Int32", FieldType.Integral, "Int64", "Integral Int64")]
    [InlineData(FieldType.Integral, "Nullable(Int64)", FieldType.Integral, "Int32", "Integral Int64")]
    [InlineData(FieldType.Integral, "UInt16", FieldType.Integral, "UInt8", "Integral UInt16")]
    [InlineData(FieldType.Integral, "UInt32", FieldType.Integral, "Int32", "Integral Int64")]
    [InlineData(FieldType.Fractional, "Float32", FieldType.Fractional, "Float64", "Fractional Float64")]
    [InlineData(FieldType.Fractional, "Decimal(10, 2)", FieldType.Fractional, "Decimal(9, 4)", "Fractional Decimal(12, 4)")]
    [InlineData(FieldType.Fractional, "Decimal(10, 2)", FieldType.Integral, "Int64", "Fractional Decimal(22, 2)")]
    [InlineData(FieldType.Fractional, "Decimal(10, 2)", FieldType.Fractional, "Float64", "Fractional Float64")]
    [InlineData(FieldType.Timestamp, "DateTime64(3)", FieldType.Timestamp, "Nullable(DateTime64(6, 'UTC'))", "Timestamp DateTime64(6, 'UTC')")]
    [InlineData(FieldType.String, "FixedString(4)", FieldType.String, "String", "String String")]
    [InlineData(FieldType.Date, "Date", FieldType.Date, "Date32", "Date Date32")]
    [InlineData(FieldType.Integral, "Int64", FieldType.Fractional, "Float64", "Fractional Float64")]
    [InlineData(FieldType.Fractional, "Float64", FieldType.Integral, "Int64", "Fractional Float64")]
    [InlineData(FieldType.Date, "Date32", FieldType.Timestamp, "DateTime64(6)", "Timestamp DateTime64(6)")]
    [InlineData(FieldType.Timestamp, "DateTime64(6)", FieldType.Date, "Date32", "Timestamp DateTime64(6)")]
    [InlineData(FieldType.Boolean, "Bool", FieldType.Integral, "Int64", "String String")]
    [InlineData(FieldType.Array, "Array(Int64)", FieldType.String, "String", "String String")]
    [InlineData(FieldType.Unknown, "Nothing", FieldType.Date, "Date32", "Date Date32")]
    [InlineData(FieldType.Date, "Date32", FieldType.Unknown, "Nothing", "Date Date32")]
    public void Of_TypesThatDiffer_AreWidenedUntilBothFit(FieldType a, string nativeA, FieldType b, string nativeB, string wide)
    {
        var merged = Merge(Field("x", a, nativeA), Field("x", b, nativeB));
        $"{merged.Type} {merged.NativeType}".ShouldBe(wide);
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, true, true)]
    [InlineData(null, false, false)]
    [InlineData(null, null, null)]
    public void Of_Nullability_IsThatOfEither(bool? a, bool? b, bool? merged) =>
        Merge(Field("x", FieldType.Date, "Date32", a), Field("x", FieldType.Date, "Date32", b)).Nullable.ShouldBe(merged);
}
