using Assay.Engine.Secrets;
using Assay.Sources.Contract;
using Assay.Sources.Postgres;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Listing;
using Assay.Sources.Writing.Tables;
using Npgsql;

namespace Assay.Sources.Redshift;

/// <summary>Amazon Redshift on PostgreSQL's wire. It has neither COPY to a client nor PostgreSQL's newer catalogue, so that it is read and listed in its own way.</summary>
internal sealed class RedshiftSource(PostgresDoor door, RedshiftPasswords passwords) : SqlSource
{
    private const int DefaultPort = 5439;
    private const string Basic = "BASIC";
    private const string SignIn = "Sign-in";

    /// <summary>The database that every cluster has.</summary>
    private const string Lobby = "dev";

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SignInLimit = TimeSpan.FromSeconds(5);

    public override ConnectorSpec Spec { get; } = PostgresSpec.Postgres with
    {
        Type = "redshift",
        DisplayName = "Amazon Redshift",
        DefaultPort = DefaultPort,
        Properties =
        [
            .. PostgresSpec.Postgres.Properties.Select(Adapted),
            new() { Field = "authentication_type", MapTo = "parameters", Title = "Sign-in", Type = "enum", Values = [Basic, RedshiftIdentity.Mode], Default = Basic, Group = SignIn },
            Of("role_arn", "Role", required: true, placeholder: "arn:aws:iam::123456789012:role/assay"),
            Of("external_id", "External id"),
            Of("cluster", "Cluster", info: "Where the host does not begin with its name."),
            Of("workgroup", "Workgroup", info: "Of Redshift Serverless, where the host does not begin with its name."),
            Of("region", "Region", info: "Where the host does not name it."),
            Of("endpoint", "Endpoint", info: "Of Redshift's interface, for private endpoints.") with { Endpoint = true },
            Of("sts_endpoint", "STS endpoint") with { Endpoint = true },
            new() { Field = "access_key", Title = "Access key id", Info = "Who assumes the role; the identity of the machine that Assay runs on where it is empty.", Group = SignIn, FilterField = "authentication_type", FilterValue = RedshiftIdentity.Mode },
            new() { Field = "secret_key", Title = "Secret access key", Secret = true, Group = SignIn, FilterField = "authentication_type", FilterValue = RedshiftIdentity.Mode },
        ],
    };

    private static PropertySpec Adapted(PropertySpec property) => property.Field switch
    {
        "port" => property with { Default = DefaultPort },
        "host" => property with { Placeholder = "cluster.abc123.eu-west-1.redshift.amazonaws.com" },
        "password" => property with { FilterField = "authentication_type", FilterValue = Basic },
        _ => property,
    };

    private static PropertySpec Of(string field, string title, bool required = false, string? placeholder = null, string? info = null) => new()
    {
        Field = field,
        MapTo = "parameters",
        Title = title,
        Required = required,
        Placeholder = placeholder,
        Info = info,
        Group = SignIn,
        FilterField = "authentication_type",
        FilterValue = RedshiftIdentity.Mode,
    };

    public override SqlCatalogue Catalogue { get; } = new RedshiftCatalogue();
    public override SqlDialect Dialect { get; } = new RedshiftDialect();
    public override IReadOnlyList<string> OpeningSteps { get; } = [SqlSteps.Resolve, SqlSteps.Connect, SqlSteps.Tls, SqlSteps.SignIn, SqlSteps.Catalog];

    public override IReadOnlyList<string> OpeningStepsOf(ConnectionSettings settings) =>
        RedshiftIdentity.IsMeant(settings) ? [RedshiftPasswords.Step, .. OpeningSteps] : OpeningSteps;

    public override IReadOnlyList<SettingProblem> Validate(ConnectionSettings settings)
    {
        Read(settings, out var problems);
        return problems;
    }

    public override ScopeCheck CheckScope(SourceScope scope) => new(scope with { Schema = scope.Schema ?? (scope.Database is null ? null : "public") }, []);

    public override SqlPlace PlaceOf(SourceTarget target) => new(target.Connection, target.Scope, $"{target.Connection.Host?.Trim()}:{target.Connection.Port ?? DefaultPort}");

    public override async Task<SqlSession> OpenAsync(SqlPlace place, SqlOpening opening, CancellationToken cancel)
    {
        var settings = Read(place.Connection, out _)!;
        if (RedshiftIdentity.IsMeant(place.Connection))
        {
            opening.Begin(RedshiftPasswords.Step);
            var (user, password) = await passwords.GetAsync(
                RedshiftIdentity.Read(place.Connection, out _)!, place.Connection.Username is { Length: > 0 } name ? name : null, place.Database ?? Lobby, cancel);
            settings = settings with { Username = user, Password = password };
            opening.Pass($"As {user}");
        }
        opening.Begin(SqlSteps.Resolve);
        var verdict = await door.ResolveAsync(settings, cancel);
        if (!verdict.Allowed) throw new SourceException(verdict.Fault);
        opening.Pass(string.Join(", ", verdict.Addresses));
        opening.Begin(SqlSteps.Connect);
        var address = await PostgresDoor.FindAddressAsync(settings, verdict, opening.Testing ? ConnectLimit : settings.ConnectTimeout, cancel);
        opening.Pass($"{address} port {settings.Port}");
        opening.Begin(SqlSteps.Tls);
        try
        {
            var signIn = await door.SignInAsync(settings, address, place.Database ?? Lobby, opening.Testing ? SignInLimit : settings.ConnectTimeout, cancel);
            Record(opening, settings, signIn.Watch, SqlSteps.Catalog);
            opening.Pass(signIn.Database);
            return new RedshiftSession(signIn.Session, new SourceProduct("Amazon Redshift", signIn.Session.Version, "Npgsql", typeof(NpgsqlConnection).Assembly.GetName().Version!.ToString(3)));
        }
        catch (PostgresSignInException e)
        {
            cancel.ThrowIfCancellationRequested();
            Record(opening, settings, e.Watch, e.Step);
            throw;
        }
    }

    public override async Task BeginReadingAsync(SqlSession session, TimeSpan statementTimeout, CancellationToken cancel)
    {
        await session.ExecuteAsync(new SqlStatement($"SET statement_timeout TO {(int)statementTimeout.TotalMilliseconds}"), statementTimeout, cancel);
        await session.ExecuteAsync(new SqlStatement("SET timezone TO 'UTC'"), statementTimeout, cancel);
        await session.ExecuteAsync(new SqlStatement("BEGIN READ ONLY"), statementTimeout, cancel);
    }

    public override Task EndReadingAsync(SqlSession session, TimeSpan statementTimeout, CancellationToken cancel) =>
        session.ExecuteAsync(new SqlStatement("COMMIT"), statementTimeout, cancel);

    public override TransactionalDialect? TablesOf(SqlPlace place) => new RedshiftTables(place.Schema ?? "public");

    public override async Task BeginWritingAsync(SqlSession session, TimeSpan statementTimeout, CancellationToken cancel)
    {
        await session.ExecuteAsync(new SqlStatement($"SET statement_timeout TO {(int)statementTimeout.TotalMilliseconds}"), statementTimeout, cancel);
        await session.ExecuteAsync(new SqlStatement("SET timezone TO 'UTC'"), statementTimeout, cancel);
    }

    public override TimeSpan? StatementTimeoutOf(ConnectionSettings settings) => Read(settings, out _)?.StatementTimeout;

    public override SourceFault FaultOf(Exception exception, string step, SqlPlace place)
    {
        var at = new PostgresPlace(Read(place.Connection, out _)!, place.Database ?? Lobby, place.Schema);
        return exception is PostgresSignInException signIn
            ? PostgresFaults.Of(signIn.InnerException!, signIn.Step, at, signIn.Watch)
            : PostgresFaults.Of(exception, step, at);
    }

    /// <summary>Records the steps that the driver does in one call, up to <paramref name="reached"/>, which is left under way.</summary>
    private static void Record(SqlOpening opening, PostgresSettings settings, SignInWatch watch, string reached)
    {
        if (reached == SqlSteps.Tls) return;
        if (watch.Tls is SslMode.Disable) opening.Warn(settings.Tls is SslMode.Disable ? "Switched off by sslmode" : "Not encrypted: the server does not offer TLS to this user", watch.TlsTook);
        else opening.Pass(settings.Verifies ? "Encrypted, certificate verified" : "Encrypted, certificate not verified", watch.TlsTook);
        opening.Begin(SqlSteps.SignIn);
        if (reached == SqlSteps.SignIn) return;
        opening.Pass($"As {settings.Username}", watch.SignInTook);
        opening.Begin(SqlSteps.Catalog);
    }

    private static PostgresSettings? Read(ConnectionSettings connection, out IReadOnlyList<SettingProblem> problems)
    {
        connection = connection with { Port = connection.Port ?? DefaultPort };
        if (RedshiftIdentity.IsMeant(connection))
        {
            RedshiftIdentity.Read(connection, out var wrong);
            // User and password come from Amazon, when they are needed.
            var plain = RedshiftIdentity.Without(connection) with { Username = connection.Username is { Length: > 0 } user ? user : "iam", Password = new Secret("temporary") };
            var settings = PostgresSettings.Read(plain, out problems);
            if (connection.Password?.Reveal() is { Length: > 0 }) problems = [.. problems, new SettingProblem(["password"], "With IAM_ROLE there is no password", "extra_forbidden")];
            problems = [.. problems, .. wrong];
            return problems.Count == 0 ? settings : null;
        }
        var parameters = connection.Parameters.ToDictionary();
        var mode = new Parameters(connection.Parameters).Text("authentication_type", 20) is { } text && !text.Equals(Basic, StringComparison.OrdinalIgnoreCase) ? text : null;
        parameters.Remove("authentication_type");
        var basic = PostgresSettings.Read(connection with { Parameters = parameters }, out problems);
        if (mode is null) return basic;
        problems = [.. problems, new SettingProblem(["parameters", "authentication_type"], $"Input should be '{Basic}', '{RedshiftIdentity.Mode}'", "enum")];
        return null;
    }

    /// <summary>Ends PostgreSQL's session, which holds more than the connection.</summary>
    private sealed class RedshiftSession(PostgresSession session, SourceProduct product) : SqlSession(session.Connection, product)
    {
        public override ValueTask DisposeAsync() => session.DisposeAsync();
    }
}
