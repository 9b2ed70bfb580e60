using System.Globalization;
using Assay.Engine;
using Assay.Sources.Reading;
using Assay.Sources.Tests.Files;

namespace Assay.Sources.Tests.Reading;

/// <summary>Reads containers of one target through the engine, rows as text.</summary>
internal sealed class ReadSource(IEngine engine, FileSource source, ConnectionSettings settings, bool globbing = false)
{
    private readonly SourceTarget target = new(settings, new SourceScope(RootPath: "/", FolderGlobbing: globbing));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task<ContainerStructure> ContainerAsync(string name) =>
        (await source.ListAsync(settings, globbing: globbing)).Single(c => c.Name == name);

    /// <summary>The rows of a container in order of their text, cells separated by bars.</summary>
    public async Task<string[]> RowsAsync(string container, Func<ContainerRead, ContainerRead>? restrict = null)
    {
        var structure = await ContainerAsync(container);
        structure.Problem.ShouldBeNull();
        return await RowsAsync(structure, restrict);
    }

    public async Task<string[]> RowsAsync(ContainerStructure container, Func<ContainerRead, ContainerRead>? restrict = null)
    {
        var read = new ContainerRead { Container = container };
        var described = await ((IReadable)source.Connector).DescribeReadAsync(target, restrict?.Invoke(read) ?? read, Cancel);
        await using var rows = await described.OpenAsync(engine, Cancel);
        var found = new List<string>();
        await foreach (var row in engine.QueryAsync(rows.Query($"SELECT * FROM ({rows.Sql})"), Cancel)) found.Add(string.Join('|', row.Values.Select(Text)));
        found.Sort(StringComparer.Ordinal);
        return [.. found];
    }

    private static string Text(object? value) => value switch
    {
        null => "NULL",
        object?[] items => $"[{string.Join(',', items.Select(Text))}]",
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
