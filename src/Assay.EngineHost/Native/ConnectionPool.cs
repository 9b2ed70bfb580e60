using System.Collections.Concurrent;

namespace Assay.EngineHost.Native;

/// <summary>
/// All connections the host will ever have, opened before anything else runs: opening one disturbs the process's
/// signal handlers for a moment. Waiting callers are served in turn.
/// </summary>
internal sealed class ConnectionPool
{
    /// <summary>Statements that run at once; more of them wait.</summary>
    internal const int Size = 64;

    private readonly ConcurrentBag<ChdbConnection> _idle = [];
    private readonly List<ChdbConnection> _all = [];
    private readonly SemaphoreSlim _free = new(Size);

    private ConnectionPool(ChdbConnection control) => Control = control;

    /// <summary>Set aside for killing and listing statements, so that a full pool cannot keep them waiting.</summary>
    internal ChdbConnection Control { get; }

    internal static unsafe ConnectionPool Open(string libraryPath, string configPath)
    {
        ConnectionPool? pool = null;
        SignalGuard.Around(() =>
        {
            var library = new ChdbLibrary(libraryPath);
            string[] arguments = ["assay-engine", $"--config-file={configPath}"];
            pool = new ConnectionPool(new ChdbConnection(library, library.Connect(arguments)));
            pool.ReplaceDefaultDatabase();
            for (var i = 0; i < Size; i++)
                pool.Add(new ChdbConnection(library, library.Connect(arguments)));
        });
        return pool!;
    }

    internal async Task<ChdbConnection> RentAsync(CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        return _idle.TryTake(out var connection) ? connection : throw new InvalidOperationException("The pool lost count of its connections.");
    }

    internal void Return(ChdbConnection connection)
    {
        _idle.Add(connection);
        _free.Release();
    }

    internal void Close()
    {
        _all.ForEach(connection => connection.Close());
        Control.Close();
    }

    /// <summary>
    /// The library's default database takes a table's name for a file's path: `/etc/passwd` would be a table, and names with
    /// a slash, a dot or a brace could not be. Nor may it be an Atomic one: their dropped tables are freed by a task in the
    /// background that the library never starts, so that every staging table would stay for good.
    /// </summary>
    private void ReplaceDefaultDatabase()
    {
        foreach (var statement in (string[])["DROP DATABASE default", "CREATE DATABASE default ENGINE = Memory"])
        {
            if (Control.QueryAsync(statement).GetAwaiter().GetResult().Error is { } error)
                throw new InvalidOperationException(error);
        }
    }

    private void Add(ChdbConnection connection)
    {
        _all.Add(connection);
        _idle.Add(connection);
    }
}
