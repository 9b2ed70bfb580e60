using Assay.Server.Enrichment.Delivery;
using Assay.Server.Enrichment.Remediation;
using Assay.Server.Enrichment.Tables;
using Assay.Server.Fields;
using Assay.Sources.Writing;

namespace Assay.Server.Tests.Enrichment;

/// <summary>Values of kept records on their way into tables.</summary>
public sealed class ValueTests
{
    [Theory]
    [InlineData("""{}""", """{}""")]
    [InlineData("""{"a":-24.69,"b":null,"c":true}""", """{"a":"-24.69","b":null,"c":"true"}""")]
    [InlineData("""{"a":"MED BOX"}""", """{"a":"\"MED BOX\""}""")]
    [InlineData("""{"a\"b":"say \"hi\" \\ \n"}""", """{"a\"b":"\"say \\\"hi\\\" \\\\ \\n\""}""")]
    [InlineData("""{"a":["x",{"y":1}],"b":{"c":"d"}}""", """{"a":"[\"x\",{\"y\":1}]","b":"{\"c\":\"d\"}"}""")]
    [InlineData("""{"at":"2023-09-29T11:17:19.048000Z","day":"2023-09-29","🚀":"é"}""", """{"at":"2023-09-29 11:17:19.048000","day":"2023-09-29","🚀":"\"é\""}""")]
    [InlineData("""{"secret":{"a":[1]},"pin":4711,"none":null}""", """{"secret":"***MASKED***","pin":"***MASKED***","none":null}""")]
    public void Records_AreWrittenAsTheContractHasThem(string record, string written) =>
        new RecordText(new HashSet<string> { "secret", "pin" }, new HashSet<string> { "at", "day" }).Of(record).ShouldBe(written);

    [Theory]
    [InlineData("Integral", "bigint", null, null, "9223372036854775807", "9223372036854775807")]
    [InlineData("Integral", "bigint", null, null, "9223372036854775808", null)]
    [InlineData("Integral", "bigint unsigned", 20L, 0L, "18446744073709551615", "18446744073709551615")]
    [InlineData("Integral", "integer", null, null, "x", null)]
    [InlineData("Fractional", "numeric(6,2)", 6L, 2L, "1234.5678", "1234.56")]
    [InlineData("Fractional", "numeric(6,2)", 6L, 2L, "12345.6", null)]
    [InlineData("Fractional", "numeric(6,2)", 6L, 2L, "-1.5e1", "-15")]
    [InlineData("Fractional", "decimal(60,2)", 60L, 2L, "123456789012345678901234567890123456789012345678901234567.89", "123456789012345678901234567890123456789012345678901234567.89")]
    [InlineData("Boolean", "boolean", null, null, "true", "true")]
    [InlineData("Boolean", "boolean", null, null, "perhaps", null)]
    [InlineData("Date", "date", null, null, "0001-01-01", null)]
    [InlineData("Timestamp", "timestamp", null, null, "infinity", null)]
    [InlineData("Array", "text[]", null, null, "[1]", "[1]")]
    public void Values_ThatAColumnCannotHold_AreNull(string type, string native, long? size, long? digits, string text, string? written)
    {
        var field = new Field { Name = "f", Type = type, NativeType = native, ColumnSize = size, DecimalDigits = digits, Created = DateTime.UnixEpoch };

        RemediationValue.Of(FieldColumn.Of(field), text).ShouldBe(written);
    }

    [Fact]
    public void Times_AreMoments()
    {
        RemediationValue.Of(new TableColumn("at", TableType.Timestamp), "2024-02-29T12:34:56.789012Z").ShouldBe(new DateTime(2024, 2, 29, 12, 34, 56, DateTimeKind.Utc).AddMicroseconds(789_012));
        RemediationValue.Of(new TableColumn("day", TableType.Date), "2024-02-29").ShouldBe(new DateOnly(2024, 2, 29));
        RemediationValue.Of(new TableColumn("part", TableType.Fractional), "-inf").ShouldBe(double.NegativeInfinity);
    }
}
