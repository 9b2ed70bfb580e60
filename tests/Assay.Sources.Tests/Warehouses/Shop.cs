using Assay.Testing.Warehouses;

namespace Assay.Sources.Tests.Warehouses;

/// <summary>The same small shop for every stand-in: awkward names, exact numbers, edges of the calendar, keys, a view, a slow view.</summary>
internal static class Shop
{
    public static Task FillAsync(StandInDatabase database) => database.RunSqlAsync("""
        CREATE SCHEMA shop; CREATE SCHEMA "Odd ""sch`ema"; CREATE SCHEMA empty;
        CREATE TABLE shop.customers (id bigint PRIMARY KEY, name text);
        CREATE TABLE shop.orders (id bigint PRIMARY KEY, customer bigint REFERENCES shop.customers, small smallint, amount numeric(12,2), big numeric(38,0), ratio double precision, narrow real,
          paid boolean, day date, at timestamp, at_tz timestamptz, raw bytea, "odd ""na`me'" text);
        COMMENT ON TABLE shop.orders IS 'what was bought';
        COMMENT ON COLUMN shop.orders.amount IS 'in euros';
        CREATE VIEW shop.recent AS SELECT id FROM shop.orders;
        INSERT INTO shop.customers VALUES (1, 'x');
        INSERT INTO shop.orders VALUES
          (1, 1, -32768, 1234567890.12, 99999999999999999999999999999999999999, 1.5, 0.1, true, '2026-01-31', '2026-01-31 10:00:00.123456', '1999-12-31 23:59:59.5+02', '\xDEADBEEF', E'tab\there \\ ''quote'' "x"'),
          (2, NULL, NULL, NULL, 1, 'NaN', 'Infinity', false, '1900-01-01', '1969-12-31 23:59:59.5', NULL, NULL, ''),
          (9007199254740993, NULL, 0, -0.01, NULL, '-Infinity', NULL, NULL, NULL, NULL, NULL, '\x', NULL);
        CREATE TABLE shop.many AS SELECT n, 'row ' || n AS label FROM generate_series(1, 5000) n;
        CREATE VIEW shop.slow AS SELECT 1 AS a FROM pg_sleep(600);
        CREATE TABLE "Odd ""sch`ema"."Odd t`able" (a int);
        """);

    public static readonly string[] OrderRows =
    [
        "1|1|-32768|1234567890.12|99999999999999999999999999999999999999|1.5|0.1|True|2026-01-31|2026-01-31 10:00:00.123456|1999-12-31 21:59:59.500000|DEADBEEF|tab\there \\ 'quote' \"x\"",
        "2|NULL|NULL|NULL|1|NaN|Infinity|False|1900-01-01|1969-12-31 23:59:59.500000|NULL|NULL|",
        "9007199254740993|NULL|0|-0.01|NULL|-Infinity|NULL|NULL|NULL|NULL|NULL||NULL",
    ];

    public const string OrderTypes = "Nullable(Int64), Nullable(Int64), Nullable(Int64), Nullable(Decimal(12, 2)), Nullable(Decimal(38, 0)), Nullable(Float64), Nullable(Float32), Nullable(Bool), "
        + "Nullable(Date32), Nullable(DateTime64(6, 'UTC')), Nullable(DateTime64(6, 'UTC')), Nullable(String), Nullable(String)";

    public static readonly string[] Tables = ["customers Table", "many Table", "orders Table", "recent View", "slow View"];

    public static readonly string[] FieldTypes = ["Integral", "Integral", "Integral", "Fractional", "Integral", "Fractional", "Fractional", "Boolean", "Date", "Timestamp", "Timestamp", "Unknown", "String"];
}
