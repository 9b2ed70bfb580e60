using Assay.Samples.Postgres;

namespace Assay.Samples.Data;

/// <summary>The people who sign in to the sample server, and the database that Assay may write its evidence to.</summary>
public static class SampleRoles
{
    /// <summary>May read everything.</summary>
    public const string Reader = "assay_reader";
    /// <summary>Owns the schema <c>evidence</c> in the database of that name.</summary>
    public const string Writer = "assay_writer";
    public const string EvidenceDatabase = "evidence";

    /// <param name="password">Of both.</param>
    public static async Task CreateAsync(LocalPostgres server, string password, CancellationToken cancel = default)
    {
        var quoted = $"'{password.Replace("'", "''", StringComparison.Ordinal)}'";
        await server.RunSqlAsync("postgres",
            $"CREATE ROLE {Reader} LOGIN PASSWORD {quoted}; GRANT pg_read_all_data TO {Reader}; CREATE ROLE {Writer} LOGIN PASSWORD {quoted}", cancel);
        await server.RunSqlAsync("postgres", $"CREATE DATABASE {EvidenceDatabase} TEMPLATE template0", cancel);
        await server.RunSqlAsync(EvidenceDatabase, $"CREATE SCHEMA {EvidenceDatabase} AUTHORIZATION {Writer}", cancel);
    }
}
