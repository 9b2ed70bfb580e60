using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Web.Requests;

namespace Assay.Server.Containers.Preview;

/// <summary>Which rows of a container are shown.</summary>
internal record PreviewQuery
{
    [Description("Rows to show, 1 to 100.")]
    [Range(1, 100)]
    public int Limit { get; set; } = 10;

    [Description("Only rows for which this condition in Spark SQL is true. With a filter or an order the whole container is read.")]
    [StringLength(10_000)]
    public string? Filter { get; set; }

    [Description("Names of fields to sort by, each perhaps with a blank and asc or desc behind it.")]
    public IReadOnlyList<string>? SortColumns { get; set; }

    [Description("Show the values of masked fields. Needs the Editor team permission, and is written down.")]
    [NotNull]
    public bool IncludeMasked { get; set; }
}
