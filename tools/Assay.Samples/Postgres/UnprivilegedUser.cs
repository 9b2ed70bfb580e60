using System.Diagnostics;

namespace Assay.Samples.Postgres;

/// <summary>PostgreSQL refuses to run as root, so a root process runs it as another user.</summary>
internal static class UnprivilegedUser
{
    private static readonly Lazy<string?> name = new(() => Environment.UserName != "root" ? null : Exists("postgres") ? "postgres" : "nobody");

    /// <summary>The command line that runs <paramref name="program"/> as somebody who is not root.</summary>
    public static IReadOnlyList<string> Command(string program, params IEnumerable<string> arguments) => name.Value is null
        ? [program, .. arguments]
        : ["setpriv", $"--reuid={name.Value}", $"--regid={GroupOf(name.Value)}", "--clear-groups", program, .. arguments];

    /// <summary>Hands a folder with all in it to the user that runs PostgreSQL, and to nobody else.</summary>
    public static async Task OwnAsync(string folder, CancellationToken cancel)
    {
        await RunAsync(["chmod", "-R", "go=", folder], folder, cancel);
        if (name.Value is not null)
            await RunAsync(["chown", "-R", $"{name.Value}:", folder], folder, cancel);
    }

    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="InvalidOperationException">It ended with another code than 0; the message holds what it said.</exception>
    public static async Task RunAsync(IReadOnlyList<string> command, string folder, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{command[0]} ended with {process.ExitCode}: {await errors}{await output}");
    }

    private static bool Exists(string user) => File.ReadLines("/etc/passwd").Any(line => line.StartsWith(user + ":", StringComparison.Ordinal));

    private static string GroupOf(string user) =>
        File.ReadLines("/etc/passwd").First(line => line.StartsWith(user + ":", StringComparison.Ordinal)).Split(':')[3];
}
