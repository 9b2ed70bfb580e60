using Assay.Sources.Contract;

namespace Assay.Sources.Sql;

/// <summary>Where a conversation takes place: what messages about faults speak of.</summary>
/// <param name="Server">The host and port, or the file, as the user wrote it.</param>
internal sealed record SqlPlace(ConnectionSettings Connection, SourceScope Scope, string Server)
{
    public string User => Connection.Username ?? "";
    public string? Database => Scope.Database;
    public string? Schema => Scope.Schema;
}
