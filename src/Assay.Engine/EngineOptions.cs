namespace Assay.Engine;

/// <summary>How the engine is run or reached; the host fills it from its settings.</summary>
public sealed class EngineOptions
{
    internal const long LeastMemoryBytes = 512L << 20;

    /// <summary>http(s) address of a ClickHouse server to use instead of a child process, or null.</summary>
    public Uri? Url { get; set; }

    /// <summary>User on that server.</summary>
    public string User { get; set; } = "default";

    /// <summary>The user's password.</summary>
    public string Password { get; set; } = "";

    /// <summary>Makes what carries the requests to that server, where not every address may be connected to; null for the usual.</summary>
    public Func<SocketsHttpHandler>? CreateHandler { get; set; }

    /// <summary>PEM file of the authority that signed the server's certificate, where the system does not know it.</summary>
    public string? CaFile { get; set; }

    /// <summary>Cluster on that server for the <c>...Cluster</c> table functions, or null.</summary>
    public string? Cluster { get; set; }

    /// <summary>Cap on the child process's memory, in bytes.</summary>
    public long MemoryBytes { get; set; } = 4L << 30;

    /// <summary>Threads a statement may use in the child process; 0 for as many as there are processors.</summary>
    public int Threads { get; set; }

    /// <summary>How long the child process may be unused before it is stopped. Infinite to keep it.</summary>
    public TimeSpan IdleStop { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>libchdb.so, or null to look beside the program and in <c>npm/runtime/node_modules</c> above it.</summary>
    public string? LibraryPath { get; set; }

    /// <summary>The child's executable, or null for <c>assay-engine</c> beside the program.</summary>
    public string? HostPath { get; set; }

    /// <summary>Folder for the child's files; it makes one of its own in it and sweeps those of dead runs.</summary>
    public string TempFolder { get; set; } = Path.Combine(Path.GetTempPath(), "assay-engine");
}
