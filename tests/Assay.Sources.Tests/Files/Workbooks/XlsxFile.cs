using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace Assay.Sources.Tests.Files.Workbooks;

/// <summary>Writes workbooks of one sheet, cell by cell: a text that begins with <c>#</c> is an error, null leaves the cell out.</summary>
internal static class XlsxFile
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <param name="from1904">Count days as Macs of old did.</param>
    public static byte[] Of(IEnumerable<object?[]> rows, bool from1904 = false)
    {
        using var content = new MemoryStream();
        using (var zip = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            Put(zip, "[Content_Types].xml", """
                <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
                <Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>
                """);
            Put(zip, "_rels/.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            Put(zip, "xl/_rels/workbook.xml.rels", $"""
                <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/>
                <Relationship Id="r2" Type="{Relations}/styles" Target="styles.xml"/></Relationships>
                """);
            Put(zip, "xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Relations}"><workbookPr date1904="{(from1904 ? 1 : 0)}"/><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>""");
            // Styles 1 and 2: a date, and a date with its time.
            Put(zip, "xl/styles.xml", $"""<styleSheet xmlns="{Main}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/></cellXfs></styleSheet>""");
            Put(zip, "xl/worksheets/sheet1.xml", $"""<worksheet xmlns="{Main}"><sheetData>{string.Concat(rows.Select((row, i) => Row(row, i + 1, from1904)))}</sheetData></worksheet>""");
        }
        return content.ToArray();
    }

    private static string Row(object?[] cells, int number, bool from1904) =>
        $"""<row r="{number}">{string.Concat(cells.Select((cell, i) => Cell(cell, $"{(char)('A' + i)}{number}", from1904)))}</row>""";

    private static string Cell(object? value, string at, bool from1904) => value switch
    {
        null => "",
        bool flag => $"""<c r="{at}" t="b"><v>{(flag ? 1 : 0)}</v></c>""",
        string text when text.StartsWith('#') => $"""<c r="{at}" t="e"><v>{text}</v></c>""",
        string text => $"""<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{SecurityElement.Escape(text)}</t></is></c>""",
        DateTime time => $"""<c r="{at}" s="{(time.TimeOfDay == TimeSpan.Zero ? 1 : 2)}"><v>{(time.ToOADate() - (from1904 ? 1462 : 0)).ToString("R", CultureInfo.InvariantCulture)}</v></c>""",
        _ => $"""<c r="{at}"><v>{Convert.ToString(value, CultureInfo.InvariantCulture)}</v></c>""",
    };

    private static void Put(ZipArchive zip, string name, string xml)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes($"""<?xml version="1.0" encoding="UTF-8"?>{xml}"""));
    }
}
