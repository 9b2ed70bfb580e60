using Assay.Engine;
using Assay.Sources.Tests.Files;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(Assay.Sources.Tests.Reading.EngineFixture))]

namespace Assay.Sources.Tests.Reading;

/// <summary>One engine for all tests that read; it starts with the first statement.</summary>
public sealed class EngineFixture : IAsyncDisposable
{
    private readonly string temp = Directory.CreateTempSubdirectory("assay-engine-sources-").FullName;
    private readonly ServiceProvider services;

    public EngineFixture()
    {
        services = new ServiceCollection().AddLogging().AddEngine(options =>
        {
            options.TempFolder = temp;
            options.Threads = 2;
        }).BuildServiceProvider();
        Engine = services.GetRequiredService<IEngine>();
    }

    public IEngine Engine { get; }

    /// <summary>A connector whose schemas this engine reads.</summary>
    internal FileSource Source(string type, string? filesRoot = null) =>
        new(type, options => options.FilesRoot = filesRoot, more => more.AddSingleton(Engine));

    /// <summary>Has the engine write a file, in one of its formats.</summary>
    public async Task WriteAsync(string path, string format, string select)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await Engine.ExecuteAsync($"INSERT INTO FUNCTION file({EngineLiteral.Quote(path)}, '{format}') {select}");
    }

    /// <summary>What the engine makes of a SELECT in one of its formats.</summary>
    public async Task<byte[]> BytesAsync(string format, string select)
    {
        await using var stream = await Engine.DownloadAsync(select, format);
        using var content = new MemoryStream();
        await stream.CopyToAsync(content);
        return content.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(temp, recursive: true);
    }
}
