namespace Assay.Server.Store;

/// <summary>Where Assay keeps its own metadata.</summary>
internal enum StoreKind { Sqlite, Postgres }
