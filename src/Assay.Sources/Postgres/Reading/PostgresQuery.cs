using Assay.Sources.Contract;
using Assay.Sources.Sql.Queries;
using Npgsql;

namespace Assay.Sources.Postgres.Reading;

/// <summary>A user's own SELECT: what it gives, without running it.</summary>
internal static class PostgresQuery
{
    /// <summary>
    /// The query as something to select from. On lines of its own, so that a comment at its end ends with it. That nothing but a single
    /// SELECT stands in it, <see cref="DescribeAsync"/> makes sure.
    /// </summary>
    public static string Relation(string query) => $"(\n{query.Trim().TrimEnd(';')}\n)";

    /// <summary>Has the server plan the query, which refuses several statements in one, and tells its columns.</summary>
    public static async Task<IReadOnlyList<FieldStructure>> DescribeAsync(PostgresSession session, string query, TimeSpan timeout, CancellationToken cancel)
    {
        var types = await PostgresTypes.ReadAsync(session, timeout, cancel);
        var (names, ids) = (new List<string>(), new List<uint>());
        // With a parameter the text goes to the server as it stands, by the extended protocol, which takes one statement only; without
        // one the driver would cut it at its semicolons and run every piece.
        await using (var command = session.Command($"SELECT * FROM {Relation(query)} AS assay_rows WHERE $1 = 0 LIMIT 0", timeout, new NpgsqlParameter { Value = 1 }))
        {
            await using var reader = await command.ExecuteReaderAsync(cancel);
            for (var i = 0; i < reader.FieldCount; i++)
            {
                names.Add(reader.GetName(i));
                ids.Add(reader.GetDataTypeOID(i));
            }
        }
        var natives = await NativesAsync(session, ids, timeout, cancel);
        return QueryColumns.Checked([.. names.Select((name, i) =>
        {
            var type = types.Describe(ids[i], -1, natives[i]);
            return new FieldStructure(name, i + 1, type.Type, natives[i], null, type.Size, type.Digits) { ElementType = type.Element };
        })]);
    }

    /// <param name="relation">Counted by the extended protocol, too, which refuses several statements in one.</param>
    public static async Task<long> CountAsync(PostgresSession session, string relation, TimeSpan timeout, CancellationToken cancel)
    {
        await using var command = session.Command($"SELECT count(*) FROM {relation} AS assay_rows WHERE $1 = 1", timeout, new NpgsqlParameter { Value = 1 });
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task<List<string>> NativesAsync(PostgresSession session, List<uint> ids, TimeSpan timeout, CancellationToken cancel)
    {
        await using var command = session.Command("SELECT pg_catalog.format_type(t.id::oid, NULL) FROM unnest($1::int8[]) WITH ORDINALITY AS t(id, position) ORDER BY t.position", timeout,
            new NpgsqlParameter { Value = ids.Select(i => (long)i).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var natives = new List<string>();
        while (await reader.ReadAsync(cancel)) natives.Add(reader.GetString(0));
        return natives;
    }
}
