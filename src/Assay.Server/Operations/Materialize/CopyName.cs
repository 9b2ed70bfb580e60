using System.Text;

namespace Assay.Server.Operations.Materialize;

/// <summary>The name of a container's copy: its own where every store can hold that, else its id.</summary>
internal static class CopyName
{
    private const int MostBytes = 60;

    /// <summary>The part of the name behind the source's prefix and an underscore.</summary>
    /// <param name="alone">Whether no other container of the datastore has that name in whatever case: some stores do not tell them apart.</param>
    public static string Of(string prefix, string container, long id, bool alone) =>
        alone && container.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && Encoding.UTF8.GetByteCount(prefix) + "_mat_".Length + container.Length <= MostBytes
            ? $"mat_{container}" : $"materialize_{id}";
}
