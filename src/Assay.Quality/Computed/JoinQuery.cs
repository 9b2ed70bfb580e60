using Assay.Engine;
using Assay.Quality.Expressions;
using Assay.Quality.Expressions.Syntax;
using Assay.Quality.Expressions.Translation;

namespace Assay.Quality.Computed;

/// <summary>
/// A SELECT in Spark SQL over several relations, in the engine's words. It is read to the last word and written anew, so that it reaches nothing but
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
            return new Writer(SelectParser.Parse(query, settings), sources, settings).Write();
        }
        catch (ExpressionException refused)
        {
            return new("", "query", refused.Fault.ToString());
        }
    }

    private sealed class Writer
    {
        private readonly SelectNode query;
        private readonly ExpressionSettings settings;
        private readonly List<(SelectSource Named, JoinSource Source)> from = [];
        private readonly List<ExpressionColumn> columns = [];
        private readonly Dictionary<string, string> canonical = new(StringComparer.Ordinal);
        private readonly Dictionary<string, IReadOnlyCollection<string>> origins = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> items = new(StringComparer.Ordinal);

        public Writer(SelectNode query, IReadOnlyList<JoinSource> sources, ExpressionSettings settings)
        {
            (this.query, this.settings) = (query, settings);
            foreach (var named in query.Sources)
            {
                var source = sources.FirstOrDefault(s => s.Alias.Equals(named.Name, StringComparison.OrdinalIgnoreCase))
                    ?? throw new ExpressionException(named.Position, $"'{named.Name}' is no source; the sources are {string.Join(", ", sources.Select(s => s.Alias))}");
                if (from.Exists(f => f.Named.Alias.Equals(named.Alias, StringComparison.OrdinalIgnoreCase)))
                    throw new ExpressionException(named.Position, $"'{named.Alias}' stands for two sources; give one of them another name");
                from.Add((named, source));
            }

            foreach (var unread in sources.Where(s => !from.Exists(f => f.Source == s)))
                throw new ExpressionException(0, $"The source '{unread.Alias}' is not read; leave it out");
            foreach (var (named, source) in from)
                foreach (var field in source.Fields) Add($"{named.Alias}.{field.Name}", $"{source.Alias}.{field.Name}", Sql(named, field), field);
            // A name that only one source has needs no prefix.
            foreach (var single in from.SelectMany(f => f.Source.Fields.Select(field => (f.Named, f.Source, field))).GroupBy(f => f.field.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() == 1))
            {
                var (named, source, field) = single.First();
                Add(field.Name, $"{source.Alias}.{field.Name}", Sql(named, field), field);
            }
        }

        public SelectClause Write()
        {
            foreach (var item in query.Items) Item(item);
            var relations = $"({from[0].Source.Sql}) AS {EngineName.Quote(from[0].Named.Alias)}";
            var tested = new List<string>();
            foreach (var (join, source) in query.Joins.Zip(from.Skip(1)))
            {
                relations += $" {join.Kind} JOIN ({source.Source.Sql}) AS {EngineName.Quote(source.Named.Alias)}";
                if (join.On is not null) relations += $" ON {Condition(join.On, ExpressionMode.Row).Sql}";
            }

            var sql = $"SELECT {(query.Distinct ? "DISTINCT " : "")}{string.Join(", ", items.Select(i => $"{i.Value} AS {EngineName.Quote(i.Key)}"))} FROM {relations}";
            if (query.Where is not null) sql += $" WHERE {Tests(Condition(query.Where, ExpressionMode.Row))}";
            if (query.Groups.Count > 0) sql += $" GROUP BY {string.Join(", ", query.Groups.Select(Key))}";
            if (query.Having is not null) sql += $" HAVING {Tests(Condition(query.Having, ExpressionMode.Query))}";
            if (query.Orders.Count > 0) sql += $" ORDER BY {string.Join(", ", query.Orders.Select(o => $"{Key(o.Operand)}{(o.Descending ? " DESC" : " ASC")} NULLS {(o.NullsFirst ?? !o.Descending ? "FIRST" : "LAST")}"))}";
            if (query.Limit is { } limit) sql += $" LIMIT {limit}";
            return new($"{sql} SETTINGS prefer_column_name_to_alias = 1, join_use_nulls = 1", null, null) { Origins = origins, Tested = tested };

            string Tests((string Sql, IEnumerable<string> Uses) condition)
            {
                tested.AddRange(condition.Uses);
                return condition.Sql;
            }
        }

        private void Item(SelectItem item)
        {
            if (item.Expression is { } expression)
            {
                var scope = new Scope(columns);
                var term = new Translator(scope, settings, ExpressionMode.Select, null).Translate(expression);
                Add(item, item.Name, term.Sql, Canonical(scope));
                return;
            }

            var meant = from.Where(f => item.Of is null || f.Named.Alias.Equals(item.Of, StringComparison.OrdinalIgnoreCase)).ToList();
            if (meant.Count == 0) throw new ExpressionException(item.Position, $"'{item.Of}' is no source of this query");
            foreach (var (named, source) in meant)
                foreach (var field in source.Fields) Add(item, field.Name, Sql(named, field), [$"{source.Alias}.{field.Name}"]);
        }

        private void Add(SelectItem item, string name, string sql, IReadOnlyCollection<string> from)
        {
            if (!items.TryAdd(name, sql)) throw new ExpressionException(item.Position, $"Two columns would be called '{name}'; give one of them another name with AS");
            origins.Add(name, from);
        }

        private void Add(string name, string origin, string sql, ContainerField field)
        {
            canonical[name] = origin;
            columns.Add(new(name, sql, SqlType.Of(field.Type, field.ElementType)));
        }

        private (string Sql, IEnumerable<string> Uses) Condition(Node node, ExpressionMode mode)
        {
            var scope = new Scope(columns);
            return (new Translator(scope, settings, mode, null).Condition(node), Canonical(scope));
        }

        /// <summary>What is grouped or ordered by: an expression, or a column of the result by its name or place.</summary>
        private string Key(Node node)
        {
            if (node is NumberNode { Text: var place } && int.TryParse(place, out var number))
                return number >= 1 && number <= items.Count ? items.ElementAt(number - 1).Value : throw new ExpressionException(node.Position, $"There is no column {number}");
            if (node is NameNode { Parts: [var name] } && !canonical.ContainsKey(name) && items.TryGetValue(name, out var item)) return item;
            return new Translator(new Scope(columns), settings, ExpressionMode.Query, null).Translate(node).Sql;
        }

        private List<string> Canonical(Scope scope) => [.. scope.Used.Select(name => canonical[name]).Distinct()];

        private static string Sql(SelectSource named, ContainerField field) => $"{EngineName.Quote(named.Alias)}.{EngineName.Quote(field.Name)}";
    }
}

/// <summary>A relation that a query may name.</summary>
/// <param name="Alias">What the query calls it.</param>
/// <param name="Sql">A SELECT whose columns are named as the fields.</param>
public sealed record JoinSource(string Alias, string Sql, IReadOnlyList<ContainerField> Fields);
