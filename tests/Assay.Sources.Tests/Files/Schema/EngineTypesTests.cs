using Assay.Sources.Files.Reading;
using Assay.Sources.Files.Schema.Embedded;

namespace Assay.Sources.Tests.Files.Schema;

public class EngineTypesTests
{
    [Theory]
    [InlineData("Int64", "Integral False")]
    [InlineData("Nullable(UInt8)", "Integral True")]
    [InlineData("LowCardinality(Nullable(String))", "String True")]
    [InlineData("LowCardinality(String)", "String False")]
    [InlineData("Nullable(Decimal(38, 10))", "Fractional True 38 10")]
    [InlineData("FixedString(16)", "String False 16")]
    [InlineData("Nullable(DateTime64(6, 'UTC'))", "Timestamp True")]
    [InlineData("Date32", "Date False")]
    [InlineData("Bool", "Boolean False")]
    [InlineData("Array(Nullable(Int32))", "Array False Integral")]
    [InlineData("Tuple(\n    a Int32,\n    b String)", "Struct False")]
    [InlineData("Map(String, Int64)", "Struct False")]
    [InlineData("Nullable(Nothing)", "Unknown True")]
    [InlineData("IPv4", "String False")]
    public void ToField_EngineType_IsThePlatforms(string engine, string expected)
    {
        var field = EngineTypes.ToField("f", 1, engine);
        string.Join(' ', new object?[] { field.Type, field.Nullable, field.Size, field.Digits, field.ElementType }.Where(part => part is not null)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("Int64", "Nullable(Int64)")]
    [InlineData("Nullable(Int64)", "Nullable(Int64)")]
    [InlineData("LowCardinality(String)", "LowCardinality(Nullable(String))")]
    [InlineData("Array(Int64)", "Array(Int64)")]
    [InlineData("Tuple(a Int64)", "Tuple(a Int64)")]
    public void Declared_TypeOfAFile_MayBeMissingInAnother(string native, string expected) =>
        ColumnTypes.Declared(new FieldStructure("f", 1, FieldType.Unknown, native, null)).ShouldBe(expected);

    [Theory]
    [InlineData("JSON", "Nullable(String)")]
    [InlineData("Nothing", "Nullable(String)")]
    [InlineData("Int128", "Nullable(Int128)")]
    [InlineData("DateTime64(6)", "Nullable(DateTime64(6, 'UTC'))")]
    [InlineData("Array(Array(JSON))", "Array(Array(Nullable(String)))")]
    public void Inferred_TypeOfASample_TakesAnyMissingValue(string native, string expected) =>
        ColumnTypes.Inferred(new FieldStructure("f", 1, FieldType.Unknown, native, null)).ShouldBe(expected);
}
