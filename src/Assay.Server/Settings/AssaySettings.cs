using System.ComponentModel.DataAnnotations;

namespace Assay.Server.Settings;

/// <summary>
/// Everything that can be set from outside, as <c>ASSAY_*</c> environment variables or an <c>Assay</c> section in
/// <c>appsettings.json</c>. The README's table lists them; a test keeps both in step.
/// </summary>
internal sealed class AssaySettings
{
    /// <summary>The port of the API. 0 takes any free one.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 8080;

    /// <summary>The address to bind: loopback unless set; <c>0.0.0.0</c> or <c>::</c> for all.</summary>
    [BindAddress]
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>The folder of the database, keys and logs.</summary>
    public string Data { get; set; } = "./data";

    /// <summary>The metadata store: empty for SQLite in the data folder, or a <c>postgres://</c> URL.</summary>
    public string Database { get; set; } = "";

    /// <summary>Base64 of the 32-byte key that wraps the data keys; empty for a key file in the data folder.</summary>
    public string MasterKey { get; set; } = "";

    /// <summary>The administrator's first token; empty for a generated one.</summary>
    public string AdminToken { get; set; } = "";

    /// <summary>Which part of Assay this process is: <c>all</c>, <c>api</c> or <c>worker</c>.</summary>
    [AllowedValues("all", "api", "worker", ErrorMessage = "must be all, api or worker")]
    public string Role { get; set; } = "all";

    /// <summary>Most operations that this process works on at once.</summary>
    [Range(1, 256)]
    public int MaxOperations { get; set; } = 4;

    /// <summary>Most operations at once that use one connection, over all processes.</summary>
    [Range(1, 256)]
    public int MaxOperationsPerConnection { get; set; } = 2;

    /// <summary>Most containers that one operation reads at once.</summary>
    [Range(1, 64)]
    public int ContainersAtOnce { get; set; } = 2;

    /// <summary>Minutes after which a running operation is stopped and fails.</summary>
    [Range(1, 10080)]
    public int OperationTimeoutMinutes { get; set; } = 240;

    /// <summary>The least that is logged: <c>trace</c>, <c>debug</c>, <c>information</c>, <c>warning</c> or <c>error</c>.</summary>
    public LogLevel LogLevel { get; set; } = LogLevel.Information;

    /// <summary>Seconds that a stop waits for requests under way before it cuts them off.</summary>
    [Range(0, 3600)]
    public int DrainSeconds { get; set; } = 30;

    /// <summary>The URL to listen on.</summary>
    internal string Url => $"http://{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}";

    /// <summary>Share of a datastore's known containers, in percent, that one sync with prune may remove without being asked twice; 100 sets no limit.</summary>
    [Range(0, 100)]
    public int SyncMaxRemovedPercent { get; set; } = 50;

    /// <summary>Hosts that sources may not lie on: names (stars allowed), addresses, ranges, <c>private</c>, <c>loopback</c> or <c>*</c>, separated by commas.</summary>
    public string HostsDeny { get; set; } = "";

    /// <summary>Exceptions from the denied hosts, in the same forms.</summary>
    public string HostsAllow { get; set; } = "";

    /// <summary>Seconds that one statement of a discovery or sync may run at a source.</summary>
    [Range(1, 86_400)]
    public int StatementTimeout { get; set; } = 600;

    /// <summary>How many ranges of one large table are read at once, each in a session of its own; 1 reads every table in one go.</summary>
    [Range(1, 64)]
    public int RangesAtOnce { get; set; } = 4;

    /// <summary>The folder whose files connections of type <c>local</c> may read; empty switches them off.</summary>
    public string FilesRoot { get; set; } = "";

    /// <summary>The http(s) address of a ClickHouse server to use as engine; empty for the engine that comes with Assay, in a child process.</summary>
    public string EngineUrl { get; set; } = "";

    /// <summary>The user on that server.</summary>
    public string EngineUser { get; set; } = "default";

    /// <summary>The user's password.</summary>
    public string EnginePassword { get; set; } = "";

    /// <summary>The PEM file of the authority that signed that server's certificate, where the system does not know it.</summary>
    public string EngineCaFile { get; set; } = "";

    /// <summary>The cluster of that server over which reads of object stores are spread; empty for none.</summary>
    public string EngineCluster { get; set; } = "";

    /// <summary>Cap on the memory of the engine's child process, in MiB.</summary>
    [Range(512, 16_777_216)]
    public int EngineMemoryMb { get; set; } = 4096;

    /// <summary>Threads one statement may use in the child process; 0 for one per processor.</summary>
    [Range(0, 1024)]
    public int EngineThreads { get; set; }

    /// <summary>Minutes without use after which the child process is stopped; 0 keeps it.</summary>
    [Range(0, 10080)]
    public int EngineIdleMinutes { get; set; } = 10;

    /// <summary>The engine's library, libchdb.so; empty to look beside the program and in the npm/runtime folder above it.</summary>
    public string EngineLibrary { get; set; } = "";

    /// <summary>The folder for the child process's files; empty for <c>engine</c> in the data folder.</summary>
    public string EngineTemp { get; set; } = "";

    /// <summary>Whether this process works on operations.</summary>
    internal bool Works => Role != "api";
}
