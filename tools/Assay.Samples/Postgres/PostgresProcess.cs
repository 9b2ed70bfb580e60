using System.Diagnostics;

namespace Assay.Samples.Postgres;

/// <summary>How a server is asked to stop.</summary>
public enum StopMode
{
    /// <summary>Open sessions are ended, then the server shuts down cleanly.</summary>
    Fast,
    /// <summary>The server drops everything where it stands, as in a crash.</summary>
    Immediate,
}

/// <summary>
/// A running <c>postgres</c>, held by a small shell that watches a pipe from this process: when the pipe breaks, because this
/// process ended in whatever way, the shell stops the server and deletes its folder.
/// </summary>
internal sealed class PostgresProcess : IDisposable
{
    private const string Keeper = """
        trap '' INT TERM HUP
        exec 3<&0 >/dev/null 2>&1
        "$@" </dev/null 3<&- >>"$ASSAY_LOG" 2>&1 &
        server=$!
        {
          if read -r signal <&3; then kill -s "$signal" "$server"
          else
            # Again and again: a server that has only just started does not hear the first.
            while kill -s QUIT "$server"; do sleep 0.1; done
            rm -rf -- "$ASSAY_FOLDER"
          fi
        } &
        wait "$server"
        """;

    private readonly Process keeper;

    private PostgresProcess(Process keeper) => this.keeper = keeper;

    public bool Running => !keeper.HasExited;

    /// <param name="command">The server's command line.</param>
    /// <param name="folder">The folder to delete when this process goes away.</param>
    /// <param name="log">The file that takes what the server says.</param>
    public static PostgresProcess Start(IReadOnlyList<string> command, string folder, string log)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Keeper, "sh", .. command])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            Environment = { ["ASSAY_LOG"] = log, ["ASSAY_FOLDER"] = folder },
        };
        return new PostgresProcess(Process.Start(start)!);
    }

    public async Task StopAsync(StopMode mode, CancellationToken cancel)
    {
        if (!Running)
            return;
        await keeper.StandardInput.WriteLineAsync(mode is StopMode.Fast ? "INT" : "QUIT");
        await keeper.StandardInput.FlushAsync(cancel);
        await keeper.WaitForExitAsync(cancel);
    }

    /// <summary>Breaks the pipe: the server stops and its folder goes.</summary>
    public void Dispose()
    {
        keeper.StandardInput.Dispose();
        keeper.WaitForExit(TimeSpan.FromSeconds(5));
        keeper.Dispose();
    }
}
