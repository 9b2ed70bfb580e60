using System.Linq.Expressions;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Store;

/// <summary>Sorting and paging of queries, alike for every list.</summary>
internal static class Pages
{
    /// <summary>Sorts by a key where a direction (<c>asc</c>, <c>desc</c>) was asked for; a second call breaks the first one's ties.</summary>
    public static IQueryable<T> By<T, TKey>(this IQueryable<T> rows, string? direction, Expression<Func<T, TKey>> key) => direction switch
    {
        null => rows,
        "desc" => IsSorted(rows, out var sorted) ? sorted.ThenByDescending(key) : rows.OrderByDescending(key),
        _ => IsSorted(rows, out var sorted) ? sorted.ThenBy(key) : rows.OrderBy(key),
    };

    /// <summary>One page of the rows with the count over all pages. A page past the end is empty.</summary>
    public static async Task<PageOf<T>> ToPageAsync<T>(this IQueryable<T> rows, Paging paging, CancellationToken cancel)
    {
        var total = await rows.LongCountAsync(cancel);
        IReadOnlyList<T> items = paging.Offset >= total ? [] : await rows.Skip((int)paging.Offset).Take(paging.Size).ToListAsync(cancel);
        return new PageOf<T>(items, total, paging.Page, paging.Size);
    }

    private static bool IsSorted<T>(IQueryable<T> rows, out IOrderedQueryable<T> sorted)
    {
        sorted = (rows as IOrderedQueryable<T>)!;
        return rows.Expression.Type == typeof(IOrderedQueryable<T>);
    }
}
