using System.Runtime.CompilerServices;
using Assay.Sources.Contract;
using Assay.Sources.Files.Listing;
using Assay.Sources.Files.Paths;
using Assay.Sources.Files.Reading;
using Assay.Sources.Files.Schema;
using Assay.Sources.Files.Stores;
using Assay.Sources.Files.Writing;
using Assay.Sources.Reading;
using Assay.Sources.Writing;

namespace Assay.Sources.Files;

/// <summary>What all connectors on files share: root paths, the connection test, and containers made of a listing.</summary>
internal abstract class FileConnector(FileWork work) : IReadable, IWritable
{
    /// <summary>Files whose structure is read side by side where the connection does not say.</summary>
    private const int ReadsSideBySide = 8;

    public abstract ConnectorSpec Spec { get; }

    public abstract IReadOnlyList<SettingProblem> Validate(ConnectionSettings settings);

    /// <summary>Opens the store of valid settings without talking to anybody.</summary>
    /// <exception cref="SourceException">The settings are not valid after all.</exception>
    internal abstract OpenedStore Open(ConnectionSettings settings);

    public ScopeCheck CheckScope(SourceScope scope)
    {
        var (root, problem) = RootPath.Parse(scope.RootPath);
        return root is null
            ? new ScopeCheck(scope, [new SettingProblem(["root_path"], problem!)])
            : new ScopeCheck(scope with { RootPath = root.Display }, []);
    }

    public async Task<TestReport> TestAsync(SourceTarget target, TestIntent intent, CancellationToken cancel)
    {
        try
        {
            CheckSettings(target);
            using var opened = Open(target.Connection);
            return await work.Test.RunAsync(opened.Store, RootOf(target, opened), intent, cancel);
        }
        catch (SourceException refused)
        {
            return new TestReport([new TestStep(refused.Fault.Step, TestStepResult.Failed, refused.Fault.Message, 0)], refused.Fault);
        }
    }

    public async IAsyncEnumerable<ContainerStructure> ListContainersAsync(
        SourceTarget target, ListOptions options, [EnumeratorCancellation] CancellationToken cancel)
    {
        CheckSettings(target);
        using var opened = Open(target.Connection);
        var root = RootOf(target, opened);
        var groups = new FolderLister(opened.Store, root, NameOf(root, opened), target.Scope.FolderGlobbing).ListAsync(CommonFolder.Of(options.Names), cancel)
            .Where(group => options.Wants(group.Pattern) && options.LookInto?.Invoke(StructureReader.Outline(opened.Store, root.Prefix.Length, group)) != false);
        var width = target.Connection.MaxParallelization is > 0 and var most ? most : ReadsSideBySide;
        var containers = SlidingWindow.SelectAsync(
            groups, width, (group, stop) => work.Structures.ReadAsync(target, opened.Store, root.Prefix.Length, group, options.Files.GetValueOrDefault(group.Pattern, FileChoice.None), stop), cancel);
        await foreach (var container in containers) yield return container;
    }

    public async Task<EngineSource> DescribeReadAsync(SourceTarget target, ContainerRead read, CancellationToken cancel)
    {
        CheckSettings(target);
        using var opened = Open(target.Connection);
        // What has to be streamed later opens the store again: until then nobody holds a connection.
        return await new FileReads(work.Routes, () => Open(target.Connection)).DescribeAsync(opened.Store, RootOf(target, opened), target.Scope.FolderGlobbing, read, cancel);
    }

    public Task<ITableWriter> OpenWriterAsync(SourceTarget target, CancellationToken cancel)
    {
        CheckSettings(target);
        var engine = work.Engine ?? throw new SourceException(new SourceFault(
            SourceFaultCode.Unsupported, WriteSteps.Prepare, "Parquet files are written by the engine, which this process does not have."));
        var opened = Open(target.Connection);
        try
        {
            return Task.FromResult<ITableWriter>(new FileTableWriter(opened, RootOf(target, opened), engine));
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public ContainerStructure ContainerOf(TableShape table) => FileTableWriter.ContainerOf(table);

    private void CheckSettings(SourceTarget target)
    {
        if (Validate(target.Connection).FirstOrDefault() is { } problem)
            throw new SourceException(new SourceFault(
                SourceFaultCode.InvalidSettings, FileSteps.Credentials, $"{string.Join('.', problem.Field)}: {problem.Message}"));
    }

    private static RootPath RootOf(SourceTarget target, OpenedStore opened)
    {
        var (root, problem) = RootPath.Parse(target.Scope.RootPath);
        return root is null
            ? throw new SourceException(new SourceFault(SourceFaultCode.InvalidSettings, FileSteps.List, $"root_path: {problem}"))
            : root.Under(opened.Prefix);
    }

    /// <summary>What a table is called that is the root itself: the root's last folder, or the bucket.</summary>
    private static string NameOf(RootPath root, OpenedStore opened) =>
        root.Prefix.Length == 0 ? opened.Name : root.Prefix.TrimEnd('/').Split('/')[^1];
}

/// <summary>A connector whose settings are checked and taken apart into a type of its own.</summary>
internal abstract class FileConnector<TSettings>(FileWork work) : FileConnector(work)
    where TSettings : class
{
    public override IReadOnlyList<SettingProblem> Validate(ConnectionSettings settings) => Parse(settings).Problems;

    internal override OpenedStore Open(ConnectionSettings settings) => Open(Parse(settings) switch
    {
        (null, [var problem, ..]) => throw new SourceException(new SourceFault(
            SourceFaultCode.InvalidSettings, FileSteps.Credentials, $"{string.Join('.', problem.Field)}: {problem.Message}")),
        var (parsed, _) => parsed!,
    });

    protected abstract (TSettings? Settings, IReadOnlyList<SettingProblem> Problems) Parse(ConnectionSettings settings);

    protected abstract OpenedStore Open(TSettings settings);
}
