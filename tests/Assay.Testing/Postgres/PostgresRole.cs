namespace Assay.Testing.Postgres;

/// <summary>A user of the test server.</summary>
public sealed record PostgresRole(string Name, string Password);
