using System.Runtime.CompilerServices;
using Assay.Sources.Contract;
using Assay.Sources.Files.Reading;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.Local;

/// <summary>
/// A folder of this machine. Links are followed only where they lead to something inside the files root, and every file is
/// checked again as it is opened.
/// </summary>
/// <param name="filesRoot">The real path of the files root, links resolved.</param>
/// <param name="folder">The folder that keys are relative to; the files root or a folder in it.</param>
/// <param name="uri">The folder's URI as users write it, with a slash at its end.</param>
/// <param name="engineIsHere">The engine runs on this machine and so sees its files.</param>
internal sealed class LocalFileStore(string filesRoot, string folder, string uri, bool engineIsHere) : IFileStore
{
    // What Linux calls a full disk, and a quota that is used up.
    private const int NoSpace = 28, NoQuota = 122;

    public async IAsyncEnumerable<StoredFile> ListAsync(string prefix, int? pageSize, bool recursive, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (RealPath.Resolve(folder) is null)
            throw Fault(SourceFaultCode.NotFound, FileSteps.Bucket, "The folder does not exist under the files root.");
        // A prefix need not end at a folder: what follows the last slash is the beginning of a name.
        var slash = prefix.LastIndexOf('/') + 1;
        if (RealPath.Resolve(Path.Combine(folder, prefix[..slash])) is not { } start) yield break;
        if (!RealPath.IsWithin(start, filesRoot)) throw Outside(FileSteps.List);
        var sinceYield = 0;
        foreach (var file in Walk(new DirectoryInfo(start), prefix[..slash], prefix[slash..], recursive, [start], cancel))
        {
            // The walk itself blocks, so that it lets others run from time to time.
            if (++sinceYield % 1_000 == 0) await Task.Yield();
            yield return file;
        }
    }

    public Task<Stream> OpenAsync(string key, long offset, long? count, CancellationToken cancel)
    {
        try
        {
            var stream = new FileStream(PathOf(key, FileSteps.Read), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024, useAsync: true);
            stream.Position = offset;
            return Task.FromResult<Stream>(count is null ? stream : new BoundedStream(stream, count.Value));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Translate(refused, FileSteps.Read);
        }
    }

    public async Task WriteAsync(string key, Func<Stream> open, CancellationToken cancel)
    {
        try
        {
            Directory.CreateDirectory(FolderForWriting(key));
            var target = Path.Combine(FolderForWriting(key), Path.GetFileName(key));
            // Hidden until it is whole.
            var half = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetRandomFileName()}");
            try
            {
                await using (var content = open())
                await using (var file = new FileStream(half, FileMode.CreateNew, FileAccess.Write))
                    await content.CopyToAsync(file, cancel);
                File.Move(half, target, overwrite: true);
            }
            finally
            {
                File.Delete(half);
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Translate(refused, FileSteps.Write);
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancel)
    {
        try
        {
            File.Delete(PathOf(key, FileSteps.Delete));
            return Task.CompletedTask;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Translate(refused, FileSteps.Delete);
        }
    }

    public bool IsOnThisMachine => true;

    public Task<EngineReach> ReachAsync(CancellationToken cancel) => engineIsHere
        ? Task.FromResult<EngineReach>(new LocalReach(key => PathOf(key, FileSteps.Read)))
        : throw Fault(SourceFaultCode.Unsupported, FileSteps.Read,
            "Local files are read by the built-in engine only: the ClickHouse server of ASSAY_ENGINE_URL does not see this machine's folders.");

    public string LocationOf(string key) => $"{uri}{key}";

    /// <summary>The real path of a file inside the files root.</summary>
    public string PathOf(string key, string step)
    {
        var real = RealPath.Resolve(Path.Combine(folder, key)) ?? throw Fault(SourceFaultCode.NotFound, step, "The file does not exist any more.");
        return RealPath.IsWithin(real, filesRoot) ? real : throw Outside(step);
    }

    public void Dispose()
    {
    }

    /// <param name="name">What names have to begin with.</param>
    /// <param name="above">The real paths of the folders on the way here, by which a link to one of them is noticed.</param>
    private IEnumerable<StoredFile> Walk(DirectoryInfo directory, string prefix, string name, bool recursive, List<string> above, CancellationToken cancel)
    {
        foreach (var entry in EntriesOf(directory))
        {
            cancel.ThrowIfCancellationRequested();
            if (!entry.Name.StartsWith(name, StringComparison.Ordinal)) continue;
            var real = entry.LinkTarget is null ? entry.FullName : RealPath.Resolve(entry.FullName);
            if (real is null || !RealPath.IsWithin(real, filesRoot)) continue;
            if (Directory.Exists(real))
            {
                if (!recursive || above.Contains(real)) continue;
                foreach (var file in Walk(new DirectoryInfo(real), $"{prefix}{entry.Name}/", "", true, [.. above, real], cancel)) yield return file;
            }
            else if (new FileInfo(real) is { Exists: true } file)
            {
                yield return new StoredFile(prefix + entry.Name, file.Length, file.LastWriteTimeUtc);
            }
        }
    }

    private static FileSystemInfo[] EntriesOf(DirectoryInfo directory)
    {
        try
        {
            var entries = directory.GetFileSystemInfos();
            Array.Sort(entries, (a, b) => string.CompareOrdinal(a.Name, b.Name));
            return entries;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Translate(refused, FileSteps.List);
        }
    }

    private string FolderForWriting(string key)
    {
        var target = Path.GetDirectoryName(Path.Combine(folder, key))!;
        var existing = target;
        while (RealPath.Resolve(existing) is null) existing = Path.GetDirectoryName(existing)!;
        return RealPath.IsWithin(RealPath.Resolve(existing)!, filesRoot) ? target : throw Outside(FileSteps.Write);
    }

    private static SourceException Outside(string step) =>
        Fault(SourceFaultCode.PermissionDenied, step, "The path leads outside the files root, which is never followed.");

    private static SourceException Translate(Exception refused, string step) => refused switch
    {
        FileNotFoundException or DirectoryNotFoundException => Fault(SourceFaultCode.NotFound, step, "The file or folder does not exist any more.", refused),
        UnauthorizedAccessException => Fault(SourceFaultCode.PermissionDenied, step, "The user that Assay runs as has no right to do this here.", refused),
        IOException { HResult: NoSpace or NoQuota } => Fault(SourceFaultCode.NoRoom, step, "There is no room left on the disk. Make room there; what waits is written then.", refused),
        _ => Fault(SourceFaultCode.SourceError, step, "The file system refused.", refused),
    };

    private static SourceException Fault(SourceFaultCode code, string step, string message, Exception? inner = null) =>
        new(new SourceFault(code, step, message), inner);
}
