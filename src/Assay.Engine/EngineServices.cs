using Assay.Engine.Http;
using Assay.Engine.Supervision;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Assay.Engine;

/// <summary>Registers the engine.</summary>
public static class EngineServices
{
    /// <summary>Adds <see cref="IEngine"/>; its options are checked at start. Nothing is started or reached before its first use.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services, Action<EngineOptions> configure)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<EngineOptions>()
            .Configure(configure)
            .Validate(options => options.Url is null or { Scheme: "http" or "https", UserInfo: "" }, "The engine's address must be an http or https address without a user in it.")
            .Validate(options => options.MemoryBytes >= EngineOptions.LeastMemoryBytes, "The engine needs at least 512 MiB of memory.")
            .Validate(options => options.Threads >= 0, "The engine's threads cannot be negative.")
            .Validate(options => options.IdleStop > TimeSpan.Zero || options.IdleStop == Timeout.InfiniteTimeSpan, "The engine's idle time must be above zero, or infinite.")
            .Validate(options => options.CaFile is null || File.Exists(options.CaFile), "The file of the engine's certificate authority does not exist.")
            .ValidateOnStart();
        services.AddSingleton(CreateSource);
        services.AddSingleton<IEngine, EngineClient>();
        return services;
    }

    /// <summary>A client of a ClickHouse server that is not the engine but a source; dispose it after the last statement.</summary>
    /// <param name="options"><see cref="EngineOptions.Url"/>, user and password.</param>
    public static RemoteEngine Connect(EngineOptions options, TimeProvider time)
    {
        var source = new ServerEndpointSource(Options.Create(options));
        return new RemoteEngine(new EngineClient(source, Options.Create(options), time), source);
    }

    private static IEndpointSource CreateSource(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<EngineOptions>>();
        return options.Value.Url is null
            ? new EngineSupervisor(options, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<EngineSupervisor>>())
            : new ServerEndpointSource(options);
    }
}
