using Npgsql;

namespace Assay.Sources.Postgres;

/// <summary>A sign-in that failed, with how far it came.</summary>
internal sealed class PostgresSignInException(Exception inner, SignInWatch watch, string database) : Exception("The sign-in failed.", inner)
{
    public SignInWatch Watch { get; } = watch;

    /// <summary>The database that was to be entered.</summary>
    public string Database { get; } = database;

    /// <summary>True where the server answered a request for TLS with something else than yes.</summary>
    public bool TlsNotOffered => Step is PostgresSteps.Tls && InnerException is NpgsqlException { InnerException: null } && !Watch.TlsAgreed;

    /// <summary>True where there is no rule that lets the user in over a line of this kind.</summary>
    public bool NotLetIn => InnerException is PostgresException { SqlState: PostgresErrorCodes.InvalidAuthorizationSpecification };

    /// <summary>True where the server, or the role, has as many sessions as it may have.</summary>
    public bool NoRoom => InnerException is PostgresException { SqlState: PostgresErrorCodes.TooManyConnections };

    /// <summary>True where the user got in, but not into this database.</summary>
    public bool Barred => Step is PostgresSteps.Catalog;

    /// <summary>The step that failed, as far as the server's answer or its silence tells.</summary>
    public string Step => InnerException switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.ObjectNotInPrerequisiteState } =>
            PostgresSteps.Catalog,
        PostgresException => PostgresSteps.SignIn,
        _ when Watch.PasswordAsked || Watch.Tls is SslMode.Disable => PostgresSteps.SignIn,
        // Agreed, and no complaint of the handshake: it was what came after it.
        NpgsqlException { InnerException: null } when Watch.TlsAgreed => PostgresSteps.SignIn,
        _ => PostgresSteps.Tls,
    };
}
