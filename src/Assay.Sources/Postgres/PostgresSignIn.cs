namespace Assay.Sources.Postgres;

/// <summary>A sign-in that worked.</summary>
/// <param name="Database">The database it led to.</param>
internal sealed record PostgresSignIn(PostgresSession Session, SignInWatch Watch, string Database);
