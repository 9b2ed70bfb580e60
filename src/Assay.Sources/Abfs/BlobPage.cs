using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.Abfs;

/// <summary>A page of a container's listing.</summary>
/// <param name="Next">What to ask the next page with; null on the last one.</param>
internal sealed record BlobPage(IReadOnlyList<StoredFile> Files, string? Next)
{
    /// <exception cref="XmlException">The answer is no listing.</exception>
    public static async Task<BlobPage> ReadAsync(Stream xml, CancellationToken cancel)
    {
        var document = await XDocument.LoadAsync(xml, LoadOptions.None, cancel);
        if (document.Root?.Name.LocalName != "EnumerationResults") throw new XmlException("The answer is no listing of blobs.");
        var files = from blob in document.Root.Element("Blobs")?.Elements("Blob") ?? []
                    let name = NameOf(blob.Element("Name")!)
                    let properties = blob.Element("Properties")
                    where !name.EndsWith('/') && !IsFolder(blob, properties)
                    select new StoredFile(name, (long?)properties?.Element("Content-Length") ?? 0, TimeOf(properties?.Element("Last-Modified")));
        return new BlobPage([.. files], (string?)document.Root.Element("NextMarker") is { Length: > 0 } next ? next : null);
    }

    /// <summary>Names that XML cannot hold come encoded and say so.</summary>
    private static string NameOf(XElement name) => (bool?)name.Attribute("Encoded") == true ? Uri.UnescapeDataString(name.Value) : name.Value;

    /// <summary>Accounts with a hierarchical namespace list their folders as empty blobs.</summary>
    private static bool IsFolder(XElement blob, XElement? properties) =>
        (string?)properties?.Element("ResourceType") == "directory"
        || (string?)blob.Element("Metadata")?.Elements().FirstOrDefault(e => e.Name.LocalName.Equals("hdi_isfolder", StringComparison.OrdinalIgnoreCase)) == "true";

    private static DateTimeOffset? TimeOf(XElement? time) =>
        DateTimeOffset.TryParse((string?)time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed) ? parsed.ToUniversalTime() : null;
}
