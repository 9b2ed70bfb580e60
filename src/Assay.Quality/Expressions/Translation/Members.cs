using Assay.Engine;

namespace Assay.Quality.Expressions.Translation;

/// <summary>Access into structs, maps and arrays.</summary>
internal static class Members
{
    public static Term Of(Term value, string member, int position) => value.Type.Kind switch
    {
        SqlKind.Struct or SqlKind.Unknown => new($"tupleElement({value.Sql}, {EngineLiteral.Quote(Name(value.Type, member))})", Type(value.Type, member, position), value.Node),
        SqlKind.Map => Key(value, EngineLiteral.Quote(member)),
        // A member of each struct in an array.
        SqlKind.Array when value.Type.Element?.Kind == SqlKind.Struct => new(
            $"arrayMap(m -> tupleElement(m, {EngineLiteral.Quote(Name(value.Type.Element, member))}), {value.Sql})",
            SqlType.Array(Type(value.Type.Element, member, position)), value.Node),
        _ => throw new ExpressionException(position, $"A {value.Type} has no member '{member}'"),
    };

    /// <summary><c>a[i]</c>: arrays count from 0, maps are looked up; what is not there is NULL.</summary>
    public static Term At(Term value, Term index) => value.Type.Kind switch
    {
        SqlKind.Map => Key(value, index.Sql),
        SqlKind.Array => new(
            $"if({index.Sql} < 0 OR {index.Sql} >= length({value.Sql}), NULL, {value.Sql}[toInt64(assumeNotNull({index.Sql})) + 1])", value.Type.Element ?? SqlType.Unknown, value.Node),
        SqlKind.Struct when index.Literal is { } member => Of(value, member, index.Position),
        _ => throw new ExpressionException(index.Position, $"A {value.Type} has no elements"),
    };

    public static Term Key(Term map, string key) =>
        new($"if(mapContains({map.Sql}, {key}), {map.Sql}[{key}], NULL)", map.Type.Element ?? SqlType.Unknown, map.Node);

    private static string Name(SqlType type, string member) =>
        type.Members.Select(m => m.Name).FirstOrDefault(n => n.Equals(member, StringComparison.OrdinalIgnoreCase)) ?? member;

    private static SqlType Type(SqlType type, string member, int position)
    {
        if (type.Members.Count == 0) return SqlType.Unknown;
        var found = type.Members.FirstOrDefault(m => m.Name.Equals(member, StringComparison.OrdinalIgnoreCase));
        return found.Type ?? throw new ExpressionException(position, $"There is no member '{member}', only {string.Join(", ", type.Members.Select(m => m.Name))}");
    }
}
