using Assay.Quality.Expressions;
using Assay.Quality.Expressions.Syntax;

namespace Assay.Quality.Computed;

/// <summary>
/// A query in Spark SQL over several relations, in the engine's words. It is read to the last word and written anew, so that it reaches nothing but
/// the relations that it is given: the author's text never gets to the engine.
/// </summary>
public static class JoinQuery
{
    /// <param name="query">As its author wrote it.</param>
    /// <param name="sources">The relations that it may name.</param>
    /// <returns>Columns of relations stand in the answer as <c>alias.name</c>, with the alias of the source.</returns>
    public static SelectClause Write(string query, IReadOnlyList<JoinSource> sources, ExpressionSettings settings)
    {
        try
        {
            var writer = new QueryWriter([.. sources.Select(QueryRelation.Of)], settings);
            var written = writer.Write(SelectParser.Parse(query, settings));
            if (sources.FirstOrDefault(s => !written.Reads.Contains(s.Alias)) is { } unread) throw new ExpressionException(0, $"The source '{unread.Alias}' is not read; leave it out");
            return new(written.Sql, null, null) { Origins = written.Columns.ToDictionary(c => c.Name, c => c.Origins, StringComparer.Ordinal), Tested = [.. written.Tested] };
        }
        catch (ExpressionException refused)
        {
            return new("", "query", refused.Fault.ToString());
        }
    }
}

/// <summary>A relation that a query may name.</summary>
/// <param name="Alias">What the query calls it.</param>
/// <param name="Sql">A SELECT whose columns are named as the fields.</param>
public sealed record JoinSource(string Alias, string Sql, IReadOnlyList<ContainerField> Fields);
