using Assay.Sources.Contract;
using Assay.Sources.Files.Reading;

namespace Assay.Sources.Files.Stores;

/// <summary>
/// A bucket, container or folder of files. Opening one talks to nobody; every member throws <see cref="SourceException"/>
/// with one of <see cref="FileSteps"/> as the step that failed.
/// </summary>
internal interface IFileStore : IDisposable
{
    /// <summary>
    /// Every file whose key starts with the prefix, page by page and across all folders, so that all keys of a folder and its
    /// subfolders come together. Markers that stand for folders are left out.
    /// </summary>
    /// <param name="pageSize">Most files per request; null leaves it to the store.</param>
    /// <param name="recursive">False leaves out what lies in folders beyond the prefix.</param>
    IAsyncEnumerable<StoredFile> ListAsync(string prefix, int? pageSize, bool recursive, CancellationToken cancel);

    /// <summary>Opens a file for reading from the byte <paramref name="offset"/> on, at most <paramref name="count"/> bytes; null reads to the end.</summary>
    Task<Stream> OpenAsync(string key, long offset, long? count, CancellationToken cancel);

    /// <summary>Writes a file whole, replacing one of the same key: readers see the one or the other, never a part.</summary>
    /// <param name="open">Opens the content, anew for each try; up to 5 GB, and its length has to be known.</param>
    Task WriteAsync(string key, Func<Stream> open, CancellationToken cancel);

    Task DeleteAsync(string key, CancellationToken cancel);

    /// <summary>Whether the files are those of this machine, which the built-in engine can open itself.</summary>
    bool IsOnThisMachine => false;

    /// <summary>Makes ready what an engine needs to reach the files by itself: checked addresses, temporary keys.</summary>
    Task<EngineReach> ReachAsync(CancellationToken cancel);

    /// <summary>Where a file is, as its users would write it: <c>s3://bucket/key</c>.</summary>
    string LocationOf(string key);
}
