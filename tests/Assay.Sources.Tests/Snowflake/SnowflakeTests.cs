using System.Security.Cryptography;
using Assay.Sources.Reading;
using Assay.Sources.Tests.Reading;
using Assay.Sources.Tests.Warehouses;
using Assay.Testing.Npm;
using Assay.Testing.Warehouses;

namespace Assay.Sources.Tests.Snowflake;

/// <summary>Against a stand-in that Snowflake's own client accepts, and that runs the statements on PostgreSQL.</summary>
public sealed class SnowflakeTests(EngineFixture fixture) : IAsyncLifetime
{
    private SnowflakeStandIn standIn = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        standIn = await SnowflakeStandIn.StartAsync();
        await standIn.Database.RunSqlAsync("""
            CREATE SCHEMA "PUBLIC"; CREATE SCHEMA "Odd ""schema"; CREATE SCHEMA "EMPTY";
            CREATE TABLE "PUBLIC"."CUSTOMERS" (id bigint PRIMARY KEY, "Name" text, UNIQUE ("Name"));
            CREATE TABLE "PUBLIC"."ORDERS" ("ID" bigint PRIMARY KEY, "CUSTOMER" bigint REFERENCES "PUBLIC"."CUSTOMERS", "AMOUNT" numeric(12,2), "RATIO" double precision,
              "PAID" boolean, "DAY" date, "AT" timestamp, "AT_TZ" timestamptz, "CLOCK" time, "RAW" bytea, "DOC" jsonb, "odd ""name'" text);
            COMMENT ON TABLE "PUBLIC"."ORDERS" IS 'what was bought';
            COMMENT ON COLUMN "PUBLIC"."ORDERS"."AMOUNT" IS 'in euros';
            CREATE VIEW "PUBLIC"."RECENT" AS SELECT "ID" FROM "PUBLIC"."ORDERS";
            INSERT INTO "PUBLIC"."CUSTOMERS" VALUES (1, 'x');
            INSERT INTO "PUBLIC"."ORDERS" VALUES
              (1, 1, 1234567890.12, 1.5, true, '2026-01-31', '2026-01-31 10:00:00.123456', '1999-12-31 23:59:59.5+02', '12:34:56.5', '\xDEADBEEF', '{"a": [1]}', E'tab\there \\ ''quote'''),
              (2, NULL, NULL, 'NaN', false, '1900-01-01', '1969-12-31 23:59:59.5', NULL, NULL, NULL, NULL, ''),
              (9007199254740993, NULL, -0.01, '-Infinity', NULL, NULL, NULL, NULL, '00:00:00', '\x', 'null', NULL);
            CREATE TABLE "PUBLIC"."MANY" AS SELECT n AS "N", 'row ' || n AS "TEXT" FROM generate_series(1, 5000) n;
            """);
    }

    public ValueTask DisposeAsync() => standIn.DisposeAsync();

    private WarehouseSource Source(string? schema = "PUBLIC", string? password = null, object? parameters = null, string? database = null, string? passphrase = null) => new(
        WarehouseSource.Connection("snowflake", StandIn.Host, standIn.Port, SnowflakeStandIn.User, password ?? SnowflakeStandIn.Password,
            parameters ?? new { role = SnowflakeStandIn.Role, warehouse = SnowflakeStandIn.Warehouse, account = SnowflakeStandIn.Account, ssl = false })
            with
        { Passphrase = passphrase is null ? null : new(passphrase) },
        database ?? standIn.Database.Name, schema);

    private static object Parameters(string mode, string role = SnowflakeStandIn.Role, string warehouse = SnowflakeStandIn.Warehouse) =>
        new { role, warehouse, account = SnowflakeStandIn.Account, ssl = false, authentication_type = mode };

    [Fact]
    public async Task StandIn_SnowflakesOwnClient_IsSatisfied()
    {
        foreach (var byKey in new[] { false, true })
        {
            var answer = await NodeScript.RunAsync("snowflake.mjs", new
            {
                options = new
                {
                    account = SnowflakeStandIn.Account,
                    accessUrl = standIn.Endpoint.ToString().TrimEnd('/'),
                    username = SnowflakeStandIn.User,
                    password = byKey ? null : SnowflakeStandIn.Password,
                    authenticator = byKey ? "SNOWFLAKE_JWT" : "SNOWFLAKE",
                    privateKey = byKey ? standIn.Key.ExportPkcs8PrivateKeyPem() : null,
                    role = SnowflakeStandIn.Role,
                    warehouse = SnowflakeStandIn.Warehouse,
                },
                sql = $"SELECT \"N\", \"TEXT\" FROM \"{standIn.Database.Name}\".\"PUBLIC\".\"MANY\" ORDER BY 1",
                slow = "SELECT 1 AS \"A\" FROM pg_sleep(1)",
                endless = "SELECT 1 AS \"A\" FROM pg_sleep(300)",
                wrong = "SELECT * FROM nowhere",
            });
            answer.GetProperty("count").GetInt32().ShouldBe(5000);
            answer.GetProperty("first").ToString().ShouldBe("""{"N":1,"TEXT":"row 1"}""");
            answer.GetProperty("last").ToString().ShouldBe("""{"N":5000,"TEXT":"row 5000"}""");
            answer.GetProperty("waited").GetInt32().ShouldBe(1);
            answer.GetProperty("cancelled").ToString().ShouldBe("000604");
            answer.GetProperty("refused").ToString().ShouldBe("002003");
        }
        standIn.Aborted.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Test_EverySignIn_PassesAllSteps()
    {
        var encrypted = standIn.Key.ExportEncryptedPkcs8PrivateKeyPem("pass phrase", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        foreach (var source in new[]
        {
            Source(),
            Source(password: standIn.Key.ExportPkcs8PrivateKeyPem(), parameters: Parameters("KEYPAIR")),
            Source(password: encrypted, parameters: Parameters("KEYPAIR"), passphrase: "pass phrase"),
            Source(password: SnowflakeStandIn.AccessToken, parameters: Parameters("ACCESS_TOKEN")),
            Source(password: SnowflakeStandIn.AccessToken, parameters: Parameters("oauth")),
        })
        {
            var report = await source.TestAsync();
            report.Fault.ShouldBeNull();
            report.Steps.Select(s => $"{s.Name} {s.Result}").ShouldBe(["check settings Passed", "resolve host Passed", "connect Passed", "TLS Warning", "sign in Passed",
                "see catalog Passed", "see schema Passed", "list tables Passed", "read one Passed"]);
            report.Product!.Name.ShouldBe("Snowflake");
        }
        standIn.OpenSessions.ShouldBe(0);
    }

    [Fact]
    public async Task Test_WhatIsWrong_IsSaidByStep()
    {
        (await Source(password: "wrong").TestAsync()).ShouldFailWith(SourceFaultCode.SignInFailed, "sign in").Message.ShouldContain("refused user name and password");
        using var other = RSA.Create(2048);
        (await Source(password: other.ExportPkcs8PrivateKeyPem(), parameters: Parameters("KEYPAIR")).TestAsync()).ShouldFailWith(SourceFaultCode.SignInFailed, "sign in").Message.ShouldContain("public key");
        (await Source(parameters: Parameters("BASIC", role: "NOBODY")).TestAsync()).ShouldFailWith(SourceFaultCode.PermissionDenied, "sign in").Message.ShouldContain("'NOBODY'");
        (await Source(parameters: Parameters("BASIC", warehouse: "NONE")).TestAsync()).ShouldFailWith(SourceFaultCode.PermissionDenied, "sign in").Message.ShouldContain("GRANT USAGE ON WAREHOUSE");
        (await Source(database: "NO_SUCH").TestAsync()).ShouldFailWith(SourceFaultCode.CatalogNotFound, "see catalog");
        (await Source(schema: "Public").TestAsync()).ShouldFailWith(SourceFaultCode.SchemaNotFound, "see schema");
        (await Source().TestAsync(forWriting: true)).ShouldFailWith(SourceFaultCode.PermissionDenied, "write rights");
        standIn.Failure = ("/session/v1", 404);
        (await Source().TestAsync()).ShouldFailWith(SourceFaultCode.InvalidSettings, "sign in").Message.ShouldContain("account's name and region");
        (await Source("EMPTY").TestAsync()).Connected.ShouldBeFalse();
    }

    [Fact]
    public async Task Discovery_ListsDatabasesAndSchemas_SystemOnesMarked()
    {
        (await Source().Catalogs.ListCatalogsAsync(Source().Settings, Cancel)).ShouldBe([new("SNOWFLAKE", true), new(standIn.Database.Name, false)], ignoreOrder: true);
        var schemas = await Source().Catalogs.ListSchemasAsync(Source().Settings, standIn.Database.Name, Cancel);
        schemas.Where(s => s.Name != "public").ShouldBe([new("EMPTY", false), new("INFORMATION_SCHEMA", true), new("Odd \"schema", false), new("PUBLIC", false)], ignoreOrder: true);
        (await Should.ThrowAsync<SourceException>(() => Source().Catalogs.ListSchemasAsync(Source().Settings, "NONE", Cancel))).Fault.Code.ShouldBe(SourceFaultCode.CatalogNotFound);
    }

    [Fact]
    public async Task List_Schema_TellsAllInFiveStatementsAndOneForTheSchema()
    {
        var containers = await Source().ListAsync();
        standIn.Statements.Count.ShouldBe(6);
        containers.Select(c => $"{c.Name} {c.Kind}").ShouldBe(["CUSTOMERS Table", "MANY Table", "ORDERS Table", "RECENT View"]);
        var orders = containers[2];
        orders.Remarks.ShouldBe("what was bought");
        orders.Fields.Select(f => $"{f.Name} {f.Type} {f.NativeType} {f.Nullable}").ShouldBe([
            "ID Integral NUMBER(38,0) False", "CUSTOMER Integral NUMBER(38,0) True", "AMOUNT Fractional NUMBER(12,2) True", "RATIO Fractional FLOAT True", "PAID Boolean BOOLEAN True",
            "DAY Date DATE True", "AT Timestamp TIMESTAMP_NTZ(9) True", "AT_TZ Timestamp TIMESTAMP_TZ(9) True", "CLOCK String TIME(9) True", "RAW Unknown BINARY True",
            "DOC String VARIANT True", "odd \"name' String VARCHAR True"]);
        orders.Fields[2].Remarks.ShouldBe("in euros");
        orders.Keys.Select(k => $"{k.Kind} {string.Join(',', k.Fields)} {k.ReferencedContainer} {string.Join(',', k.ReferencedFields)}".Trim())
            .ShouldBe(["Primary ID", "Foreign CUSTOMER CUSTOMERS id"]);
        containers[0].Keys.Select(k => $"{k.Kind} {string.Join(',', k.Fields)}").ShouldBe(["Primary id", "Unique Name"]);
        (await Source().ListAsync(new ListOptions(Views: false))).Select(c => c.Name).ShouldNotContain("RECENT");
        (await Source("EMPTY").ListAsync()).ShouldBeEmpty();
        (await Should.ThrowAsync<SourceException>(() => Source("NONE").ListAsync())).Fault.Code.ShouldBe(SourceFaultCode.SchemaNotFound);
    }

    [Fact]
    public async Task Read_Table_GivesExactTypedRows()
    {
        var orders = await Source().ContainerAsync("ORDERS");
        var (types, rows) = await Source().RowsAsync(fixture.Engine, orders);
        types.ShouldBe("Nullable(Int64), Nullable(Int64), Nullable(Decimal(12, 2)), Nullable(Float64), Nullable(Bool), Nullable(Date32), Nullable(DateTime64(6, 'UTC')), Nullable(DateTime64(6, 'UTC')), "
            + "Nullable(String), Nullable(String), Nullable(String), Nullable(String)");
        rows.ShouldBe([
            "1|1|1234567890.12|1.5|True|2026-01-31|2026-01-31 10:00:00.123456|1999-12-31 21:59:59.500000|12:34:56.5|DEADBEEF|{\"a\": [1]}|tab\there \\ 'quote'",
            "2|NULL|NULL|NaN|False|1900-01-01|1969-12-31 23:59:59.500000|NULL|NULL|NULL|NULL|",
            "9007199254740993|NULL|-0.01|-Infinity|NULL|NULL|NULL|NULL|00:00:00||null|NULL"], string.Join('\n', rows));
        (await Source().RowsAsync(fixture.Engine, orders, r => r with { Columns = ["odd \"name'", "ID"], After = new("AT", new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)), PartitionColumn = "part" }))
            .Rows.ShouldBe(["tab\there \\ 'quote'|1|ORDERS"]);
        (await Source().RowsAsync(fixture.Engine, orders, r => r with { RowLimit = 2 })).Rows.Length.ShouldBe(2);
    }

    [Fact]
    public async Task Read_ManyPartsWhileTheSessionsTokenRunsOut_LosesNothing()
    {
        (standIn.RowsAtOnce, standIn.MasterValidity) = (100, 1);
        var source = Source();
        var many = await source.ContainerAsync("MANY");
        standIn.ExpireTokens();
        var read = await ((IReadable)source.Connector).DescribeReadAsync(source.Target, new ContainerRead { Container = many }, Cancel);
        await using var rows = await read.OpenAsync(fixture.Engine, Cancel);
        await using var reader = await fixture.Engine.OpenAsync(rows.Query($"SELECT count(), sum(N), uniqExact(TEXT) FROM ({rows.Sql})"), Cancel);
        (await reader.ReadAsync(Cancel))!.Values.Select(v => Convert.ToInt64(v)).ShouldBe([5000, 12_502_500, 5000]);
    }

    [Fact]
    public async Task Read_Cancelled_StopsTheStatementAtSnowflake()
    {
        await standIn.Database.RunSqlAsync("""CREATE VIEW "PUBLIC"."SLOW" AS SELECT 1 AS "A" FROM pg_sleep(600)""");
        standIn.MasterValidity = 1;
        var slow = await Source().ContainerAsync("SLOW");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var reading = Source().RowsAsync(fixture.Engine, slow, cancel: stop.Token);
        // Long enough that the answer was held back, the session kept alive, and its token renewed.
        await WarehouseSource.UntilAsync(() => standIn.Heartbeats > 0 && standIn.Requests.Any(r => r.EndsWith("/result")));
        standIn.ExpireTokens();
        await WarehouseSource.UntilAsync(() => standIn.Renewals > 0);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => reading);
        standIn.Aborted.Count.ShouldBe(1);
        await WarehouseSource.UntilAsync(async () => await standIn.Database.RunningAsync() == 0);
        (await Should.ThrowAsync<SourceException>(() => Source(parameters: new { role = "READER", warehouse = "WH", account = SnowflakeStandIn.Account, ssl = false, statement_timeout = 1 })
            .RowsAsync(fixture.Engine, slow))).Fault.Code.ShouldBe(SourceFaultCode.TimedOut);
    }

    [Fact]
    public void Validate_ByMode_AsksForWhatItNeeds()
    {
        WarehouseSource.Problems(WarehouseSource.Connection("snowflake", null, null, null, null))
            .ShouldBe(["host missing", "username missing", "password missing", "parameters.role missing", "parameters.warehouse missing"], ignoreOrder: true);
        Problems("pw", new { role = "r", warehouse = "w" }).ShouldBeEmpty();
        Problems("pw", new { role = "r", warehouse = "w", authentication_type = "KEYPAIR" }).ShouldBe(["password value_error"]);
        Problems("pw", new { role = "r", warehouse = "w", authentication_type = "KERBEROS", schema = "x" }).ShouldBe(["parameters.authentication_type enum", "parameters.schema extra_forbidden"]);
        Problems("two words\n", new { role = "r", warehouse = "w", authentication_type = "OAUTH", ssl = "maybe" }).ShouldBe(["parameters.ssl enum"]);
        using var key = RSA.Create(2048);
        var encrypted = key.ExportEncryptedPkcs8PrivateKeyPem("right", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        Problems(encrypted, new { role = "r", warehouse = "w", authentication_type = "KEYPAIR" }).ShouldBe(["passphrase missing"]);
        Problems(encrypted, new { role = "r", warehouse = "w", authentication_type = "KEYPAIR" }, "wrong").ShouldBe(["passphrase value_error"]);
        Problems(encrypted, new { role = "r", warehouse = "w", authentication_type = "KEYPAIR" }, "right").ShouldBeEmpty();
        Problems("pw", new { role = "r", warehouse = "w" }, "needless").ShouldBe(["passphrase extra_forbidden"]);

        static string[] Problems(string password, object parameters, string? passphrase = null) => WarehouseSource.Problems(
            WarehouseSource.Connection("snowflake", "xy12345.eu-central-1", null, "u", password, parameters) with { Passphrase = passphrase is null ? null : new(passphrase) });
    }
}
