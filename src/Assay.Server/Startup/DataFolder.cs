using Assay.Server.Settings;

namespace Assay.Server.Startup;

/// <summary>The folder of database, keys and logs: made where it is missing, checked for writing before anything else starts.</summary>
internal static class DataFolder
{
    public static void Prepare(AssaySettings settings)
    {
        try
        {
            settings.Data = Path.GetFullPath(settings.Data);
            if (!Directory.Exists(settings.Data))
                Directory.CreateDirectory(settings.Data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var probe = Path.Combine(settings.Data, $".probe-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StartupException($"ASSAY_DATA: the folder '{settings.Data}' cannot be written: {problem.Message}");
        }
    }
}
