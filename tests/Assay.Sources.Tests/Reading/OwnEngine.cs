using System.Diagnostics;
using Assay.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Sources.Tests.Reading;

/// <summary>An engine of one test alone, which may kill it.</summary>
internal sealed class OwnEngine : IAsyncDisposable
{
    private readonly string temp = Directory.CreateTempSubdirectory("assay-engine-own-").FullName;
    private readonly ServiceProvider services;

    public OwnEngine()
    {
        services = new ServiceCollection().AddLogging().AddEngine(options => (options.TempFolder, options.Threads) = (temp, 2)).BuildServiceProvider();
        Engine = services.GetRequiredService<IEngine>();
    }

    public IEngine Engine { get; }

    /// <summary>The process that was given this engine's folder.</summary>
    public void Kill()
    {
        var id = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(n => int.TryParse(n, out _)).Single(n => Arguments(n!).Contains($"--temp={temp}"));
        Process.GetProcessById(int.Parse(id!, null)).Kill();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(temp, recursive: true);
    }

    private static string[] Arguments(string process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Split('\0');
        }
        catch (IOException)
        {
            return []; // it has ended meanwhile
        }
    }
}
