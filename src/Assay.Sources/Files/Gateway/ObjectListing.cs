using System.Globalization;
using System.Text;
using System.Xml;
using Assay.Sources.Files.Stores;
using Microsoft.AspNetCore.Http;

namespace Assay.Sources.Files.Gateway;

/// <summary>A page of a listing as ListObjectsV2 gives it.</summary>
internal static class ObjectListing
{
    private const int PageSize = 1_000;

    public static async Task WriteAsync(HttpContext context, IFileView view)
    {
        var query = context.Request.Query;
        string prefix = query["prefix"].ToString(), delimiter = query["delimiter"].ToString();
        // The token of a page is the last name of the one before.
        var after = query["continuation-token"] is [{ Length: > 0 } token] ? token : query["start-after"].ToString();
        var most = int.TryParse(query["max-keys"], out var asked) ? Math.Clamp(asked, 1, PageSize) : PageSize;
        Func<string, string> spell = query["encoding-type"] == "url" ? Uri.EscapeDataString : text => text;

        var entries = Entries(await view.ListAsync(prefix, context.RequestAborted), prefix, delimiter, after).Take(most + 1).ToList();
        var page = entries.Take(most).ToList();
        using var body = new MemoryStream();
        // Keys may hold characters that XML does not know; as references, clients read them all the same.
        using (var xml = XmlWriter.Create(body, new XmlWriterSettings { CheckCharacters = false, Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("ListBucketResult");
            xml.WriteElementString("Name", view.Bucket);
            xml.WriteElementString("Prefix", spell(prefix));
            xml.WriteElementString("KeyCount", page.Count.ToString(CultureInfo.InvariantCulture));
            xml.WriteElementString("MaxKeys", most.ToString(CultureInfo.InvariantCulture));
            xml.WriteElementString("IsTruncated", entries.Count > most ? "true" : "false");
            if (entries.Count > most) xml.WriteElementString("NextContinuationToken", page[^1].Name);
            foreach (var entry in page) Write(xml, entry, spell);
            xml.WriteEndElement();
        }
        context.Response.ContentType = "application/xml";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), context.RequestAborted);
    }

    public static string TagOf(StoredFile file) => $"\"{file.Size:x}-{TimeOf(file).Ticks:x}\"";

    /// <summary>A store that knows no times has files that never change, as far as the engine needs to know.</summary>
    public static DateTimeOffset TimeOf(StoredFile file) => file.Modified?.ToUniversalTime() ?? DateTimeOffset.UnixEpoch;

    /// <summary>Files, and for a delimiter the folders that hold the others, each once; in order, from behind a name on.</summary>
    private static IEnumerable<(string Name, StoredFile? File)> Entries(IReadOnlyList<SeenFile> files, string prefix, string delimiter, string after)
    {
        var folder = "";
        foreach (var (name, file) in files)
        {
            var end = delimiter.Length == 0 ? -1 : name.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            if (end < 0)
            {
                if (string.CompareOrdinal(name, after) > 0) yield return (name, file);
                continue;
            }
            var above = name[..(end + delimiter.Length)];
            if (above == folder || string.CompareOrdinal(above, after) <= 0) continue;
            yield return (folder = above, null);
        }
    }

    private static void Write(XmlWriter xml, (string Name, StoredFile? File) entry, Func<string, string> spell)
    {
        xml.WriteStartElement(entry.File is null ? "CommonPrefixes" : "Contents");
        xml.WriteElementString(entry.File is null ? "Prefix" : "Key", spell(entry.Name));
        if (entry.File is { } file)
        {
            xml.WriteElementString("LastModified", TimeOf(file).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            xml.WriteElementString("ETag", TagOf(file));
            xml.WriteElementString("Size", file.Size.ToString(CultureInfo.InvariantCulture));
            xml.WriteElementString("StorageClass", "STANDARD");
        }
        xml.WriteEndElement();
    }
}
