using System.Text;
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
        new RecordText(new HashSet<string> { "secret", "pin" }, new HashSet<string> { "at", "day" }).Of(Encoding.UTF8.GetBytes(record)).ToArray().ShouldBe(Encoding.UTF8.GetBytes(written));

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
    public async Task Values_ThatAColumnCannotHold_AreNull(string type, string native, long? size, long? digits, string text, string? written)
    {
        var field = new Field { Name = "f", Type = type, NativeType = native, ColumnSize = size, DecimalDigits = digits, Created = DateTime.UnixEpoch };

        (await WrittenAsync(FieldColumn.Of(field), text)).ShouldBe(written ?? "\\N");
    }

    [Theory]
    [InlineData(TableType.Timestamp, "2024-02-29T12:34:56.789012Z", "2024-02-29 12:34:56.789012")]
    [InlineData(TableType.Timestamp, "2024-02-29T23:59:59.999999Z", "2024-02-29 23:59:59.999999")]
    [InlineData(TableType.Timestamp, "2024-02-29T14:34:56+02:00", "2024-02-29 12:34:56.000000")]
    [InlineData(TableType.Timestamp, "2024-02-29", "2024-02-29 00:00:00.000000")]
    [InlineData(TableType.Timestamp, "2023-02-29T12:34:56.789012Z", "\\N")]
    [InlineData(TableType.Timestamp, "2024-02-29T24:34:56.789012Z", "\\N")]
    [InlineData(TableType.Timestamp, "2024-02-29T12:60:56.789012Z", "\\N")]
    [InlineData(TableType.Timestamp, "2300-01-01T00:00:00.000000Z", "\\N")]
    [InlineData(TableType.Timestamp, "1900-01-01T00:00:00.000000Z", "1900-01-01 00:00:00.000000")]
    [InlineData(TableType.Timestamp, "", "\\N")]
    [InlineData(TableType.Timestamp, "0000-00-00", "\\N")]
    [InlineData(TableType.Date, "2024-02-29", "2024-02-29")]
    [InlineData(TableType.Date, "2024-02-30", "\\N")]
    [InlineData(TableType.Date, "2024-02-29T12:34:56.789012Z", "2024-02-29")]
    [InlineData(TableType.Fractional, "-inf", "-inf")]
    [InlineData(TableType.Fractional, "NaN", "nan")]
    [InlineData(TableType.Fractional, " 1.5 ", "1.5")]
    [InlineData(TableType.Fractional, "1e400", "\\N")]
    [InlineData(TableType.Integral, "-9223372036854775808", "-9223372036854775808")]
    [InlineData(TableType.Integral, "1.0", "\\N")]
    [InlineData(TableType.Text, "a\tb\\\0", "a\\tb\\\\\uFFFD")]
    public async Task Values_AreSpelledAsEveryStoreReadsThem(TableType type, string text, string written) =>
        (await WrittenAsync(new TableColumn("c", type), text)).ShouldBe(written);

    private static async Task<string> WrittenAsync(TableColumn column, string text)
    {
        using var bytes = new MemoryStream();
        var lines = new RowLines(bytes.WriteAsync, 1, zeroBytes: false);
        RemediationCell.Write(lines, column, Encoding.UTF8.GetBytes(text), isNumber: false);
        lines.EndRow();
        await lines.FlushAsync(CancellationToken.None);
        return Encoding.UTF8.GetString(bytes.ToArray()).TrimEnd('\n');
    }
}
