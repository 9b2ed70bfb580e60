using Assay.Engine.Http;
using Assay.Engine.Supervision;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Engine.Tests;

/// <summary>An engine as the product wires it, with a temp folder of its own.</summary>
public sealed class EngineSession : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public EngineSession(Action<EngineOptions>? configure = null)
    {
        Temp = Directory.CreateTempSubdirectory("assay-engine-test-").FullName;
        _services = new ServiceCollection()
            .AddLogging()
            .AddEngine(options =>
            {
                options.TempFolder = Temp;
                options.Threads = 2;
                configure?.Invoke(options);
            })
            .BuildServiceProvider();
        Engine = _services.GetRequiredService<IEngine>();
    }

    public IEngine Engine { get; }

    public string Temp { get; }

    internal EngineSupervisor Supervisor => (EngineSupervisor)_services.GetRequiredService<IEndpointSource>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(Temp, recursive: true);
    }
}

/// <summary>One engine for all tests that leave it as they found it.</summary>
public sealed class SharedEngine : IAsyncLifetime
{
    private readonly EngineSession _session = new();

    public IEngine Engine => _session.Engine;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _session.DisposeAsync();
}
