using System.Diagnostics;

namespace Assay.Testing.Processes;

/// <summary>
/// A running server, held by a small shell that watches a pipe from this process: when the pipe breaks, because this process ended in
/// whatever way, the shell kills the server and deletes its folder.
/// </summary>
internal sealed class KeptProcess : IDisposable
{
    private const string Keeper = """
        trap '' INT TERM HUP
        exec 3<&0 >/dev/null 2>&1
        "$@" </dev/null 3<&- >>"$ASSAY_LOG" 2>&1 &
        server=$!
        {
          if read -r signal <&3; then kill -s "$signal" "$server"
          else
            kill -s KILL "$server"
            while kill -0 "$server"; do sleep 0.1; done
            rm -rf -- "$ASSAY_FOLDER"
          fi
        } &
        wait "$server"
        """;

    private readonly Process keeper;

    private KeptProcess(Process keeper) => this.keeper = keeper;

    public bool Running => !keeper.HasExited;

    /// <param name="command">The server's command line.</param>
    /// <param name="folder">The folder to delete when this process goes away.</param>
    /// <param name="log">The file that takes what the server says.</param>
    public static KeptProcess Start(IReadOnlyList<string> command, string folder, string log) => new(Process.Start(
        new ProcessStartInfo("/bin/sh", ["-c", Keeper, "sh", .. command])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            Environment = { ["ASSAY_LOG"] = log, ["ASSAY_FOLDER"] = folder },
        })!);

    /// <summary>Sends a signal, such as <c>TERM</c> or <c>KILL</c>, and waits for the end.</summary>
    public async Task StopAsync(string signal, CancellationToken cancel)
    {
        if (!Running) return;
        await keeper.StandardInput.WriteLineAsync(signal);
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
