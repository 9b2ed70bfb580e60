using Assay.Server.Settings;
using Microsoft.Extensions.Options;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Compact;

namespace Assay.Server.Logging;

/// <summary>
/// One log, written twice: JSON lines in <c>$ASSAY_DATA/logs</c> for machines, a readable console for people. What is logged
/// is decided by ASSAY_LOG_LEVEL and, per category, by the <c>Logging</c> section of appsettings.json.
/// </summary>
internal static class LoggingRegistration
{
    private const int LargestFileBytes = 32 * 1024 * 1024;
    private const int FilesKept = 16;

    public static void AddLog(this WebApplicationBuilder builder, AssaySettings settings)
    {
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(settings.LogLevel);
        // Not by AddSerilog, which takes the decision what is logged away from the Logging section.
        builder.Logging.AddProvider(new SerilogLoggerProvider(CreateLogger(Path.Combine(settings.Data, "logs")), dispose: true));
    }

    private static Serilog.Core.Logger CreateLogger(string folder)
    {
        // Logs name users and what they did: for the owner only.
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .Enrich.FromLogContext()
            .Filter.ByExcluding(IsToldOtherwise)
            .WriteTo.File(new RenderedCompactJsonFormatter(), Path.Combine(folder, "assay-.jsonl"),
                rollingInterval: RollingInterval.Day, rollOnFileSizeLimit: true, fileSizeLimitBytes: LargestFileBytes,
                retainedFileCountLimit: FilesKept, buffered: true, flushToDiskInterval: TimeSpan.FromSeconds(1))
            .WriteTo.Logger(console => console
                .Filter.ByExcluding(IsQuietRequest)
                .WriteTo.Console(outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}"))
            .CreateLogger();
    }

    /// <summary>Requests that went well are for the file; on a console they would bury the rest.</summary>
    private static bool IsQuietRequest(LogEvent entry) => entry.Level < LogEventLevel.Warning && Category(entry) == typeof(RequestLog).FullName;

    /// <summary>What stops a start comes out of the host as an exception, which the command line turns into one line.</summary>
    private static bool IsToldOtherwise(LogEvent entry) =>
        Category(entry) is "Microsoft.Extensions.Hosting.Internal.Host" or "Microsoft.AspNetCore.Server.Kestrel"
        && entry.Exception is IOException or OptionsValidationException or StartupException;

    private static string? Category(LogEvent entry) =>
        entry.Properties.TryGetValue("SourceContext", out var source) && source is ScalarValue { Value: string name } ? name : null;
}
