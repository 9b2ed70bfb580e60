namespace Assay.Server.Web.Responses;

/// <summary>One page of a list: all five members are always present.</summary>
/// <param name="Total">Items over all pages.</param>
/// <param name="Page">This page's number, from 1.</param>
/// <param name="Size">Items asked for per page.</param>
internal sealed record PageOf<T>(IReadOnlyList<T> Items, long Total, int Page, int Size)
{
    /// <summary>How many pages of this size there are.</summary>
    public long Pages => (Total + Size - 1) / Size;

    /// <summary>The same page with other items in the places of these.</summary>
    public PageOf<TOther> With<TOther>(IReadOnlyList<TOther> items) => new(items, Total, Page, Size);
}
