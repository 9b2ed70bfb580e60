using System.Globalization;
using Assay.Sources.Contract;
using Assay.Sources.Sql.Queries;
using Assay.Sources.Sql.Reading;

namespace Assay.Sources.Sql;

/// <summary>The standard's way to spell things, with the few that differ from product to product.</summary>
/// <param name="limit">What ends a SELECT after <c>{0}</c> rows, or what stands behind its first word where that begins with <c>TOP</c>.</param>
/// <param name="quotes">What names are quoted with: one sign, or an opening and a closing one.</param>
/// <param name="databaseInNames">Whether a table is named with its database in front.</param>
/// <param name="chance"><see cref="SqlDialect.Chance"/>.</param>
internal sealed class AnsiDialect(string limit, Func<string, string> parameter, string integerType = "INTEGER", string quotes = "\"", bool databaseInNames = true, string? chance = null) : SqlDialect
{
    public override string Quote(string name) => $"{quotes[0]}{name.Replace($"{quotes[^1]}", $"{quotes[^1]}{quotes[^1]}", StringComparison.Ordinal)}{quotes[^1]}";

    /// <summary>Some of the products know names in brackets.</summary>
    public override QueryLexis Lexis { get; } = new(Brackets: quotes[0] == '[');

    public override string Parameter(string name) => parameter(name);

    public override string Table(SqlPlace place, string name) =>
        databaseInNames ? base.Table(place, name) : $"{(place.Schema is null ? "" : $"{Quote(place.Schema)}.")}{Quote(name)}";

    public override string Limited(string select, long rows)
    {
        var clause = string.Format(CultureInfo.InvariantCulture, limit, rows);
        return clause.StartsWith("TOP ", StringComparison.Ordinal) ? $"SELECT {clause} {select["SELECT ".Length..]}" : $"{select} {clause}";
    }

    public override string IntegerType => integerType;

    public override string? Chance => chance;

    public override SqlColumn Column(FieldStructure field, int position) => PrintedColumns.Of(field, position, Quote(field.Name));
}
