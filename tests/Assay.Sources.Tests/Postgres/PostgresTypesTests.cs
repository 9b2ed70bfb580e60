using Assay.Testing.Postgres;

namespace Assay.Sources.Tests.Postgres;

public sealed class PostgresTypesTests
{
    // Column type, native spelling, platform type, size, digits, element type.
    private static readonly (string Sql, string Native, FieldType Type, int? Size, int? Digits, FieldType? Element)[] cases =
    [
        ("smallint", "smallint", FieldType.Integral, null, null, null),
        ("int", "integer", FieldType.Integral, null, null, null),
        ("bigserial", "bigint", FieldType.Integral, null, null, null),
        ("oid", "oid", FieldType.Integral, null, null, null),
        ("xid8", "xid8", FieldType.Integral, null, null, null),
        ("numeric", "numeric", FieldType.Fractional, null, null, null),
        ("numeric(12,2)", "numeric(12,2)", FieldType.Fractional, 12, 2, null),
        ("numeric(38)", "numeric(38,0)", FieldType.Integral, 38, 0, null),
        ("numeric(5,-2)", "numeric(5,-2)", FieldType.Integral, 5, -2, null),
        ("numeric(3,5)", "numeric(3,5)", FieldType.Fractional, 3, 5, null),
        ("real", "real", FieldType.Fractional, null, null, null),
        ("float8", "double precision", FieldType.Fractional, null, null, null),
        ("money", "money", FieldType.Fractional, null, null, null),
        ("bool", "boolean", FieldType.Boolean, null, null, null),
        ("text", "text", FieldType.String, null, null, null),
        ("varchar(50)", "character varying(50)", FieldType.String, 50, null, null),
        ("varchar", "character varying", FieldType.String, null, null, null),
        ("char(3)", "character(3)", FieldType.String, 3, null, null),
        ("\"char\"", "\"char\"", FieldType.String, null, null, null),
        ("name", "name", FieldType.String, null, null, null),
        ("citext", "citext", FieldType.String, null, null, null),
        ("uuid", "uuid", FieldType.String, null, null, null),
        ("json", "json", FieldType.String, null, null, null),
        ("jsonb", "jsonb", FieldType.String, null, null, null),
        ("xml", "xml", FieldType.String, null, null, null),
        ("hstore", "hstore", FieldType.String, null, null, null),
        ("ltree", "ltree", FieldType.String, null, null, null),
        ("bytea", "bytea", FieldType.Unknown, null, null, null),
        ("bit(4)", "bit(4)", FieldType.String, 4, null, null),
        ("date", "date", FieldType.Date, null, null, null),
        ("timestamp", "timestamp without time zone", FieldType.Timestamp, null, null, null),
        ("timestamptz(3)", "timestamp(3) with time zone", FieldType.Timestamp, null, 3, null),
        ("time", "time without time zone", FieldType.String, null, null, null),
        ("interval", "interval", FieldType.String, null, null, null),
        ("inet", "inet", FieldType.String, null, null, null),
        ("cidr", "cidr", FieldType.String, null, null, null),
        ("macaddr", "macaddr", FieldType.String, null, null, null),
        ("point", "point", FieldType.String, null, null, null),
        ("polygon", "polygon", FieldType.String, null, null, null),
        ("tsvector", "tsvector", FieldType.String, null, null, null),
        ("regclass", "regclass", FieldType.String, null, null, null),
        ("pg_lsn", "pg_lsn", FieldType.String, null, null, null),
        ("int4range", "int4range", FieldType.String, null, null, null),
        ("datemultirange", "datemultirange", FieldType.String, null, null, null),
        ("mood", "mood", FieldType.String, null, null, null),
        ("text[]", "text[]", FieldType.Array, null, null, FieldType.String),
        ("int[][]", "integer[]", FieldType.Array, null, null, FieldType.Integral),
        ("numeric(9,3)[]", "numeric(9,3)[]", FieldType.Array, 9, 3, FieldType.Fractional),
        ("mood[]", "mood[]", FieldType.Array, null, null, FieldType.String),
        ("int2vector", "int2vector", FieldType.Array, null, null, FieldType.Integral),
        ("address", "address", FieldType.Struct, null, null, null),
        ("address[]", "address[]", FieldType.Array, null, null, FieldType.Struct),
        ("a_table", "a_table", FieldType.Struct, null, null, null),
        ("a_table[]", "a_table[]", FieldType.Array, null, null, FieldType.Struct),
        ("positive", "positive", FieldType.Fractional, 8, 2, null),
        ("very_positive", "very_positive", FieldType.Fractional, 8, 2, null),
        ("short_texts", "short_texts", FieldType.Array, 7, null, FieldType.String),
        ("positive[]", "positive[]", FieldType.Array, 8, 2, FieldType.Fractional),
    ];

    [Fact]
    public async Task ListContainersAsync_EveryType_IsMapped()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, $"""
            CREATE EXTENSION citext; CREATE EXTENSION hstore; CREATE EXTENSION ltree;
            CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TYPE address AS (street text, number int); CREATE TABLE a_table (a int);
            CREATE DOMAIN positive AS numeric(8,2) CHECK (VALUE > 0); CREATE DOMAIN very_positive AS positive NOT NULL; CREATE DOMAIN short_texts AS varchar(7)[];
            CREATE TABLE types ({string.Join(", ", cases.Select((c, i) => $"c{i} {c.Sql}"))});
            """);

        var target = server.Connection(await server.CreateReaderAsync()).Target(database);
        var fields = (await target.ListAsync()).Single(c => c.Name == "types").Fields;

        fields.Select(f => (f.NativeType, f.Type, f.Size, f.Digits, f.ElementType)).ShouldBe(cases.Select(c => (c.Native, c.Type, c.Size, c.Digits, c.Element)));
        fields.Zip(cases).Where(pair => pair.First.Nullable == false).Select(pair => pair.Second.Sql).ShouldBe(["bigserial", "very_positive"]);
    }
}
