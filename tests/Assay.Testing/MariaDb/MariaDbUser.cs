namespace Assay.Testing.MariaDb;

/// <summary>A user of a test server.</summary>
public sealed record MariaDbUser(string Name, string Password);
