using System.Globalization;

namespace Assay.Sources.Warehouses;

/// <summary>A type as vendors write it: <c>decimal(10,2)</c>, <c>ARRAY&lt;INT64&gt;</c>, <c>timestamp(3) with time zone</c>.</summary>
/// <param name="Head">The name in small letters, without what stands in brackets.</param>
/// <param name="First">The first number in round brackets: a length or precision.</param>
/// <param name="Second">The second: a scale.</param>
/// <param name="Inner">What stands in the outermost brackets, as it is.</param>
internal sealed record TypeName(string Head, int? First, int? Second, string? Inner)
{
    public static TypeName Parse(string text)
    {
        var open = text.IndexOfAny(['(', '<']);
        if (open < 0) return new TypeName(text.Trim().ToLowerInvariant(), null, null, null);
        var close = text.LastIndexOf(text[open] == '(' ? ')' : '>');
        if (close < open) close = text.Length;
        var inner = text[(open + 1)..close];
        var head = $"{text[..open].Trim()} {(close < text.Length ? text[(close + 1)..].Trim() : "")}".Trim().ToLowerInvariant();
        var numbers = inner.Split(',').Select(part => int.TryParse(part, CultureInfo.InvariantCulture, out var number) ? number : (int?)null).ToArray();
        return new TypeName(head, text[open] == '(' ? numbers[0] : null, text[open] == '(' && numbers.Length > 1 ? numbers[1] : null, inner);
    }
}
