namespace Assay.EngineHost.Lifetime;

/// <summary>What the supervisor tells the host on the command line. The secret comes on standard input instead.</summary>
/// <param name="Library">Path of libchdb.so.</param>
/// <param name="Temp">Folder under which the run's own folder is made.</param>
/// <param name="MemoryBytes">Cap on the engine's memory, in bytes.</param>
/// <param name="Threads">Threads per statement; 0 leaves it to the engine.</param>
/// <param name="Loopback">Listen on a loopback port even where a Unix socket would do.</param>
internal sealed record RunOptions(string Library, string Temp, long MemoryBytes, int Threads, bool Loopback)
{
    internal static RunOptions Parse(string[] arguments)
    {
        var values = arguments.Select(argument => argument.TrimStart('-').Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair.ElementAtOrDefault(1) ?? "");
        string Required(string name) => values.GetValueOrDefault(name) is { Length: > 0 } value
            ? value
            : throw new ArgumentException($"--{name}= is missing");
        return new(
            Required("library"),
            Path.GetFullPath(Required("temp")),
            long.Parse(Required("memory")),
            int.Parse(values.GetValueOrDefault("threads", "0")),
            values.ContainsKey("loopback"));
    }
}
