using Assay.Quality.Expressions;

namespace Assay.Quality.Computed;

/// <summary>Rows that a query reads: those of a source, or of a query within it.</summary>
/// <param name="Name">What it can be named by; empty for a query that stands in the place of a name.</param>
/// <param name="Sql">A statement of the engine.</param>
/// <param name="Columns">Its columns in their order.</param>
/// <param name="Tested">The columns of sources that decide which rows there are.</param>
/// <param name="Reads">The sources that it reads, each as often as it does.</param>
internal sealed record QueryRelation(string Name, string Sql, IReadOnlyList<QueryColumn> Columns, IReadOnlySet<string> Tested, IReadOnlyList<string> Reads)
{
    public static QueryRelation Of(JoinSource source) => new(
        source.Alias, source.Sql, [.. source.Fields.Select(f => new QueryColumn(f.Name, SqlType.Of(f.Type, f.ElementType), [$"{source.Alias}.{f.Name}"], IsPlain: true))], new HashSet<string>(), [source.Alias]);
}

/// <param name="Origins">The columns of sources that its values come from, as <c>alias.name</c>.</param>
/// <param name="IsPlain">Whether its values are a source's as they are.</param>
internal sealed record QueryColumn(string Name, SqlType Type, IReadOnlyCollection<string> Origins, bool IsPlain);
