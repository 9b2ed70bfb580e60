using System.Text;

namespace Assay.Sources.Tests.Postgres;

/// <summary>The order of PostgreSQL's names: by the bytes of their UTF-8.</summary>
internal static class Utf8Order
{
    public static IComparer<string> Comparer { get; } = Comparer<string>.Create((a, b) =>
        Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)));
}
