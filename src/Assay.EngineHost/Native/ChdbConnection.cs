using System.Collections.Concurrent;
using System.Text;

namespace Assay.EngineHost.Native;

/// <summary>
/// One session of the engine with a thread of its own: the engine keeps a query's state in thread-locals and wants
/// deeper stacks than the thread pool's.
/// </summary>
internal sealed unsafe class ChdbConnection
{
    private const int StackBytes = 16 << 20;
    private static readonly byte[] DefaultFormat = "TabSeparated"u8.ToArray();

    private readonly ChdbLibrary _library;
    private readonly nint* _connection;
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    internal ChdbConnection(ChdbLibrary library, nint* connection)
    {
        _library = library;
        _connection = connection;
        _thread = new Thread(Loop, StackBytes) { IsBackground = true, Name = "engine connection" };
        _thread.Start();
    }

    internal Task<ChdbResult> QueryAsync(string sql) => QueryAsync(Encoding.UTF8.GetBytes(sql), DefaultFormat, []);

    internal Task<ChdbResult> QueryAsync(byte[] sql, byte[] format, IReadOnlyList<QueryParameter> parameters)
    {
        var done = new TaskCompletionSource<ChdbResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                done.SetResult(_library.Query(*_connection, sql, format, parameters));
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    /// <summary>Waits for the running statement and closes the session. The last one to close stops the engine.</summary>
    internal void Close()
    {
        _work.CompleteAdding();
        _thread.Join();
        _library.Close(_connection);
    }

    private void Loop()
    {
        foreach (var work in _work.GetConsumingEnumerable())
            work();
    }
}
