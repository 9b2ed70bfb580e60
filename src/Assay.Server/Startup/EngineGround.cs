using Assay.Engine;
using Assay.Server.Settings;

namespace Assay.Server.Startup;

/// <summary>Where the engine comes from and what it may take, as the operator has set it.</summary>
internal static class EngineGround
{
    public static IServiceCollection AddEngine(this IServiceCollection services, AssaySettings settings) => services.AddEngine(options =>
    {
        options.Url = settings.EngineUrl.Length == 0 ? null : Address(settings.EngineUrl);
        options.User = settings.EngineUser;
        options.Password = settings.EnginePassword;
        options.CaFile = Given(settings.EngineCaFile);
        options.Cluster = Given(settings.EngineCluster);
        options.MemoryBytes = (long)settings.EngineMemoryMb << 20;
        options.Threads = settings.EngineThreads;
        options.IdleStop = settings.EngineIdleMinutes == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMinutes(settings.EngineIdleMinutes);
        options.LibraryPath = Given(settings.EngineLibrary);
        options.TempFolder = Given(settings.EngineTemp) ?? Path.Combine(settings.Data, "engine");
    });

    // The text is not repeated: it may hold a password.
    private static Uri Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https", UserInfo: "" }
        ? address
        : throw new StartupException("ASSAY_ENGINE_URL: not an http or https address. A user and a password belong in ASSAY_ENGINE_USER and ASSAY_ENGINE_PASSWORD.");

    private static string? Given(string text) => text.Length == 0 ? null : text;
}
