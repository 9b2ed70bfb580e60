namespace Assay.Sources.Contract;

/// <summary>Which part of a connection a datastore covers: a catalog and schema, or a root path with its globbing mode.</summary>
public sealed record SourceScope(string? Database = null, string? Schema = null, string? RootPath = null, bool FolderGlobbing = false);

/// <summary>A connection and the part of it that is meant: all that a connector needs to reach a datastore.</summary>
public sealed record SourceTarget(ConnectionSettings Connection, SourceScope Scope);
