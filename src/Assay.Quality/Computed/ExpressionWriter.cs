using Assay.Quality.Expressions;
using Assay.Quality.Expressions.Syntax;
using Assay.Quality.Expressions.Translation;

namespace Assay.Quality.Computed;

/// <summary>Translates the expressions of one SELECT, with what their values come from.</summary>
/// <param name="columns">The columns that they may name.</param>
/// <param name="meanings">What each of those is.</param>
/// <param name="queries">Writes the queries that may stand in this SELECT.</param>
/// <param name="reads">Gets what sub-queries read.</param>
internal sealed class ExpressionWriter(
    IReadOnlyList<ExpressionColumn> columns, IReadOnlyDictionary<string, QueryColumn> meanings, QueryWriter queries, SourceReads reads, ExpressionSettings settings)
{
    private readonly QueryWriter within = queries.Within(columns.Select(c => c.Name));

    public WrittenExpression Value(Node node, ExpressionMode mode) => Write(node, mode, translator => translator.Translate(node));

    /// <summary>Something that has to be true or false.</summary>
    public WrittenExpression Condition(Node node, ExpressionMode mode) => Write(node, mode, translator => new(translator.Condition(node), SqlType.Boolean, node));

    private WrittenExpression Write(Node node, ExpressionMode mode, Func<Translator, Term> translate)
    {
        var (scope, subqueries) = (new Scope(columns, queries.Around), new Subqueries(within, reads));
        var term = translate(new Translator(scope, settings, mode, null, subqueries));
        var named = scope.Used.Select(name => meanings[name]).ToList();
        return new(
            term.Sql, term.Type, named.Concat(subqueries.Written.SelectMany(s => s.Columns)).SelectMany(c => c.Origins).ToHashSet(StringComparer.Ordinal),
            subqueries.Written.SelectMany(s => s.Tested).ToHashSet(StringComparer.Ordinal), node is NameNode && named.TrueForAll(c => c.IsPlain));
    }

    /// <summary>The sub-queries of one expression. One that is translated twice is written once.</summary>
    private sealed class Subqueries(QueryWriter queries, SourceReads reads) : ISubqueries
    {
        private readonly Dictionary<SelectQuery, QueryRelation> written = new(ReferenceEqualityComparer.Instance);

        public IReadOnlyCollection<QueryRelation> Written => written.Values;

        public Subquery Write(SelectQuery query)
        {
            if (!written.TryGetValue(query, out var rows))
            {
                reads.Add(rows = queries.Write(query));
                written.Add(query, rows);
            }
            return new(rows.Sql, [.. rows.Columns.Select(c => (c.Name, c.Type))]);
        }
    }
}

/// <param name="Sql">In the engine's words.</param>
/// <param name="Origins">The columns of sources that its value comes from.</param>
/// <param name="Tested">The columns of sources that decide which rows its sub-queries have.</param>
/// <param name="IsPlain">Whether it is a source's column as it is.</param>
internal sealed record WrittenExpression(string Sql, SqlType Type, IReadOnlyCollection<string> Origins, IReadOnlyCollection<string> Tested, bool IsPlain);
