using Assay.Sources.Files.Schema.Values;

namespace Assay.Sources.Tests.Files.Schema;

public class ValueReaderTests
{
    [Theory]
    [InlineData("", "Null")]
    [InlineData("   ", "Null")]
    [InlineData(@"\N", "Null")]
    [InlineData("0", "Integral")]
    [InlineData("-12", "Integral")]
    [InlineData("+7", "Integral")]
    [InlineData("9223372036854775807", "Integral")]
    [InlineData("9223372036854775808", "WideIntegral")]
    [InlineData("123456789012345678901234567890123456789", "Text")]
    [InlineData("007", "Text")]
    [InlineData("-007", "Text")]
    [InlineData("0.5", "Fractional")]
    [InlineData(".5", "Fractional")]
    [InlineData("1e10", "Fractional")]
    [InlineData("-1.5E-3", "Fractional")]
    [InlineData("1e999", "Text")]
    [InlineData("NaN", "Fractional")]
    [InlineData("Nan", "Text")]
    [InlineData("1,000", "Text")]
    [InlineData("1 000", "Text")]
    [InlineData("true", "Boolean")]
    [InlineData("FALSE", "Boolean")]
    [InlineData("yes", "Text")]
    [InlineData("2026-03-01", "Date")]
    [InlineData("2026-02-30", "Text")]
    [InlineData("2026-3-1", "Text")]
    [InlineData("03/01/2026", "Text")]
    [InlineData("20260301", "Integral")]
    [InlineData("2026-03-01 12:00", "Timestamp")]
    [InlineData("2026-03-01 12:00:59", "Timestamp")]
    [InlineData("2026-03-01T12:00:59.123456Z", "Timestamp")]
    [InlineData("2026-03-01T12:00:59+02:00", "Timestamp")]
    [InlineData("2026-03-01T25:00:00", "Text")]
    [InlineData("-", "Text")]
    [InlineData("+", "Text")]
    [InlineData("hello", "Text")]
    public void KindOf_Text_IsTheNarrowestThatHoldsIt(string text, string kind) => ValueReader.KindOf(text).ToString().ShouldBe(kind);

    [Theory]
    [InlineData("1,2", FieldType.Integral)]
    [InlineData("1,2.5", FieldType.Fractional)]
    [InlineData("1,9223372036854775808", FieldType.Integral)]
    [InlineData("9223372036854775808,1.5", FieldType.String)]
    [InlineData("1,x", FieldType.String)]
    [InlineData("true,", FieldType.Boolean)]
    [InlineData("true,1", FieldType.String)]
    [InlineData("2026-01-01,2026-01-01 10:00", FieldType.Timestamp)]
    [InlineData("2026-01-01,1", FieldType.String)]
    [InlineData(",", FieldType.Unknown)]
    public void Verdict_MixedValues_Widen(string values, FieldType type)
    {
        var histogram = new ValueHistogram();
        foreach (var value in values.Split(',')) histogram.Add(ValueReader.KindOf(value));
        histogram.Verdict().Type.ShouldBe(type);
    }
}
