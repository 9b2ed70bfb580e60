using Assay.Sources.Tests.Files;

namespace Assay.Sources.Tests.Local;

/// <summary>The local connector of a whole catalogue whose files root is a folder of the test.</summary>
internal static class LocalSource
{
    public static IConnector Connector(string? filesRoot) => new FileSource("local", options => options.FilesRoot = filesRoot).Connector;

    public static SourceTarget Target(string? rootPath = "/", string? uri = null, bool globbing = false) =>
        new(new ConnectionSettings { Type = "local", Uri = uri }, new SourceScope(RootPath: rootPath, FolderGlobbing: globbing));

    public static async Task<List<ContainerStructure>> ListAsync(string filesRoot, string? rootPath = "/", string? uri = null, bool globbing = false) =>
        await Connector(filesRoot).ListContainersAsync(Target(rootPath, uri, globbing), new ListOptions(), TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

    public static async Task<List<ContainerStructure>> ListAsync(string filesRoot, ListOptions options) =>
        await Connector(filesRoot).ListContainersAsync(Target(), options, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

    public static async Task<IReadOnlyList<string>> NamesAsync(string filesRoot, string? rootPath = "/", string? uri = null, bool globbing = false) =>
        [.. (await ListAsync(filesRoot, rootPath, uri, globbing)).Select(c => c.Name).Order(StringComparer.Ordinal)];

    /// <summary>The only container of a folder.</summary>
    public static async Task<ContainerStructure> SingleAsync(string filesRoot) => (await ListAsync(filesRoot)).ShouldHaveSingleItem();
}
