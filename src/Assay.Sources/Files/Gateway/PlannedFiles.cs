using Assay.Sources.Files.Stores;

namespace Assay.Sources.Files.Gateway;

/// <summary>Exactly the files of a read, by their own keys.</summary>
internal sealed class PlannedFiles(IFileStore store, string bucket, IReadOnlyList<StoredFile> files) : IFileView
{
    private readonly SeenFile[] sorted = [.. files.Select(f => new SeenFile(f.Key, f)).OrderBy(f => f.Name, StringComparer.Ordinal)];
    private readonly Dictionary<string, StoredFile> byKey = files.ToDictionary(f => f.Key, StringComparer.Ordinal);

    public IFileStore Store => store;

    public string Bucket => bucket;

    public Task<IReadOnlyList<SeenFile>> ListAsync(string prefix, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<SeenFile>>([.. sorted.Where(f => f.Name.StartsWith(prefix, StringComparison.Ordinal))]);

    public Task<StoredFile?> FindAsync(string name, CancellationToken cancel) => Task.FromResult(byKey.GetValueOrDefault(name));
}
