using Assay.Sources.Drivers.Installing;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(Assay.Sources.Tests.Drivers.DriverFolder))]

namespace Assay.Sources.Tests.Drivers;

/// <summary>A drivers folder that all tests share; each driver is added once, by the first that needs it.</summary>
public sealed class DriverFolder : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly HashSet<string> added = [];

    public string Path { get; } = Directory.CreateTempSubdirectory("assay-drivers-").FullName;

    public DriverInstaller Installer => new(Path);

    public async Task<InstalledDriver?> EnsureAsync(DriverOrder order)
    {
        await turn.WaitAsync();
        try
        {
            return added.Add(order.As ?? order.Package) ? await Installer.AddAsync(order, TestContext.Current.CancellationToken) : null;
        }
        finally
        {
            turn.Release();
        }
    }

    public ServiceProvider Services(string? filesRoot = null) => new ServiceCollection().AddLogging().AddSources(options =>
    {
        options.DriversFolder = Path;
        options.FilesRoot = filesRoot;
    }).BuildServiceProvider();

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
