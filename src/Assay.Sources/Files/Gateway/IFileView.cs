using Assay.Sources.Files.Stores;

namespace Assay.Sources.Files.Gateway;

/// <summary>Some files of a store, under the names by which the engine asks for them.</summary>
internal interface IFileView
{
    IFileStore Store { get; }

    /// <summary>The bucket that the engine believes them to be in.</summary>
    string Bucket { get; }

    /// <summary>The files whose names begin with a prefix, in ordinal order of the names.</summary>
    Task<IReadOnlyList<SeenFile>> ListAsync(string prefix, CancellationToken cancel);

    /// <summary>The file of a name; null where there is none that may be seen.</summary>
    Task<StoredFile?> FindAsync(string name, CancellationToken cancel);
}

/// <param name="Name">What the engine calls it.</param>
/// <param name="File">What it is in the store.</param>
internal readonly record struct SeenFile(string Name, StoredFile File);
