using Assay.Sources.Contract;

namespace Assay.Sources.Postgres;

/// <summary>
/// The types of one database, except those that each table brings along: reading these would make the list as long as the
/// listing itself. A type that is not here is therefore the row type of a table, or an array of such.
/// </summary>
internal sealed class PostgresTypes
{
    private const string Select = """
        SELECT t.oid::int8, t.typname, t.typtype::text, t.typcategory::text, t.typelem::int8, t.typbasetype::int8, t.typtypmod, t.typnotnull
        FROM pg_catalog.pg_type t
        LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem
        LEFT JOIN pg_catalog.pg_class c ON c.oid IN (t.typrelid, e.typrelid)
        WHERE c.oid IS NULL OR c.relkind = 'c'
        """;

    private readonly Dictionary<uint, PostgresType> byId;

    private PostgresTypes(Dictionary<uint, PostgresType> byId) => this.byId = byId;

    public static async Task<PostgresTypes> ReadAsync(PostgresSession session, TimeSpan timeout, CancellationToken cancel)
    {
        await using var command = session.Command(Select, timeout);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var types = new Dictionary<uint, PostgresType>();
        while (await reader.ReadAsync(cancel))
            types[(uint)reader.GetInt64(0)] = new PostgresType(reader.GetString(1), reader.GetString(2)[0], reader.GetString(3)[0],
                (uint)reader.GetInt64(4), (uint)reader.GetInt64(5), reader.GetInt32(6), reader.GetBoolean(7));
        return new PostgresTypes(types);
    }

    /// <summary>Describes a column by its type and modifier (<c>pg_attribute.atttypid</c>, <c>atttypmod</c>).</summary>
    /// <param name="native">The type as PostgreSQL writes it (<c>format_type</c>).</param>
    public ColumnType Describe(uint id, int modifier, string native)
    {
        var notNull = false;
        while (byId.TryGetValue(id, out var domain) && domain.Kind == 'd')
        {
            notNull |= domain.NotNull;
            modifier = modifier >= 0 ? modifier : domain.Modifier;
            id = domain.Base;
        }

        if (!byId.TryGetValue(id, out var type))
            return native.EndsWith("[]", StringComparison.Ordinal)
                ? new ColumnType(FieldType.Array, notNull) { Element = FieldType.Struct }
                : new ColumnType(FieldType.Struct, notNull);
        if (type is not { Category: 'A', Element: not 0 })
            return PostgresFieldTypes.Of(type, modifier) with { NotNull = notNull };
        var element = Describe(type.Element, modifier, native[..^Math.Min(2, native.Length)]);
        return new ColumnType(FieldType.Array, notNull, element.Size, element.Digits) { Element = element.Type };
    }
}
