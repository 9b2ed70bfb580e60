using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Assay.Server.Web.Requests;

/// <summary>The two parameters of every paged list. Records with filters derive from it.</summary>
internal record Paging
{
    /// <summary>The largest page.</summary>
    internal const int MostItems = 100;

    [Description("Page number, from 1.")]
    [Range(1, int.MaxValue)]
    public int Page { get; set; } = 1;

    [Description("Items per page, 1 to 100.")]
    [Range(1, MostItems), Alias("limit")]
    public int Size { get; set; } = 50;

    internal long Offset => (Page - 1L) * Size;
}
