namespace Assay.EngineHost.Lifetime;

/// <summary>Asks the kernel to take this process before Assay itself when the machine's memory runs out.</summary>
internal static class OutOfMemory
{
    internal static void VolunteerFirst()
    {
        try
        {
            File.WriteAllText("/proc/self/oom_score_adj", "500");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not there in some containers; the engine's own memory cap still holds.
        }
    }
}
