using Assay.Sources.Contract;
using Npgsql;

namespace Assay.Sources.Postgres;

/// <summary>Finds a schema by name and makes sure that it may be looked into: a catalogue shows the tables of any schema, usable or not.</summary>
internal static class PostgresSchema
{
    private const string Find = """
        SELECT n.oid::pg_catalog.int8, pg_catalog.has_schema_privilege(n.oid, 'USAGE') FROM pg_catalog.pg_namespace n WHERE n.nspname = $1
        """;

    private const string FindMany = """
        SELECT n.oid::pg_catalog.int8, pg_catalog.has_schema_privilege(n.oid, 'USAGE'), n.nspname::pg_catalog.text
        FROM pg_catalog.pg_namespace n WHERE n.nspname = ANY ($1::pg_catalog.text[])
        """;

    /// <returns>The schema's object id.</returns>
    /// <exception cref="SourceException">There is no such schema, or the user may not use it.</exception>
    public static async Task<uint> FindAsync(PostgresSession session, PostgresPlace place, TimeSpan timeout, CancellationToken cancel)
    {
        await using var command = session.Command(Find, timeout, new NpgsqlParameter { Value = place.Schema! });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel))
            throw new SourceException(PostgresFaults.NoSchema(PostgresSteps.Schema, place));
        return reader.GetBoolean(1) ? (uint)reader.GetInt64(0) : throw new SourceException(NotUsable(place));
    }

    /// <summary>Looks for many schemas at once: each has an object id or a fault.</summary>
    public static async Task<Dictionary<string, (uint Id, SourceFault? Fault)>> FindAllAsync(
        PostgresSession session, PostgresPlace place, IReadOnlyList<string> names, TimeSpan timeout, CancellationToken cancel)
    {
        var found = names.Distinct(StringComparer.Ordinal).ToDictionary(n => n, n => (0u, (SourceFault?)PostgresFaults.NoSchema(PostgresSteps.Schema, place with { Schema = n })), StringComparer.Ordinal);
        await using var command = session.Command(FindMany, timeout, new NpgsqlParameter { Value = found.Keys.Where(PostgresSettings.CanBeName).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var name = reader.GetString(2);
            found[name] = ((uint)reader.GetInt64(0), reader.GetBoolean(1) ? null : NotUsable(place with { Schema = name }));
        }
        return found;
    }

    private static SourceFault NotUsable(PostgresPlace place) => new(SourceFaultCode.PermissionDenied, PostgresSteps.Schema,
        $"User '{place.Settings.Username}' may not look into schema '{place.Schema}'. Needed: GRANT USAGE ON SCHEMA.");
}
