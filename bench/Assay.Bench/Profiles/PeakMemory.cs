using System.Globalization;

namespace Assay.Bench.Profiles;

/// <summary>The highest resident memory of this process, or of its child of a name.</summary>
internal static class PeakMemory
{
    public static long Megabytes(string? child)
    {
        var id = child is null ? "self" : Directory.GetDirectories("/proc").Select(Path.GetFileName).FirstOrDefault(p => int.TryParse(p, out _) && IsMine(p!, child));
        if (id is null) return 0;
        var line = File.ReadLines($"/proc/{id}/status").First(l => l.StartsWith("VmHWM", StringComparison.Ordinal));
        return long.Parse(new string([.. line.Where(char.IsDigit)]), CultureInfo.InvariantCulture) / 1024;
    }

    private static bool IsMine(string id, string name)
    {
        try
        {
            var status = File.ReadAllLines($"/proc/{id}/status");
            return status[0].Contains(name, StringComparison.Ordinal) && status.Contains($"PPid:\t{Environment.ProcessId}");
        }
        catch (IOException)
        {
            return false;
        }
    }
}
