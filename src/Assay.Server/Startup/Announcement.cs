using System.Reflection;

namespace Assay.Server.Startup;

/// <summary>Says where the server can be reached, once it can.</summary>
internal static class Announcement
{
    public static string Version { get; } = typeof(Announcement).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static void AnnounceStart(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
        app.Logger.LogInformation("Assay {Version} listens on {Url}; documentation of its API: {Docs}", Version, app.Urls.First(), $"{app.Urls.First()}/api/docs"));
}
