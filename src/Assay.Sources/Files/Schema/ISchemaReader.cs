using Assay.Sources.Contract;
using Assay.Sources.Files.Formats;
using Assay.Sources.Files.Listing;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.Files.Schema;

/// <summary>Reads the schema of files of some format families.</summary>
internal interface ISchemaReader
{
    bool Reads(FormatFamily family);

    /// <summary>Reads as little of the file as it takes. A broken file is an answer; only a store that cannot be talked to throws.</summary>
    Task<SchemaRead> ReadAsync(SourceTarget target, IFileStore store, FileGroup group, StoredFile file, FileChoice choice, CancellationToken cancel);
}
