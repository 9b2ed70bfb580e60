using System.Net.Sockets;
using Assay.Server.Identity.Recovery;
using Assay.Server.OpenApi;
using Assay.Server.Secrets.Rotation;
using Assay.Server.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Assay.Server.Startup;

/// <summary>What <c>assay</c> can be asked to do. What stops a start is one clear line and exit code 1.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            if (args is [OpenApiCommand.Name, var file]) return await OpenApiCommand.RunAsync(file, CancellationToken.None);
            if (args is [RotateKeyCommand.Name, .. var options]) return await RotateKeyCommand.RunAsync(options, Console.Out, null, CancellationToken.None);
            if (args is [DriverCommand.Name, .. var order]) return await DriverCommand.RunAsync(order, Console.Out, null, CancellationToken.None);
            if (args is [AdminTokenCommand.Name, .. var how]) return await AdminTokenCommand.RunAsync(how, Console.Out, null, CancellationToken.None);
            if (args is [var unknown, ..] && !unknown.StartsWith('-'))
            {
                Console.Error.WriteLine($"assay: '{unknown}' is no command. Without one the server starts; {RotateKeyCommand.Usage}; {AdminTokenCommand.Usage}; {DriverCommand.Usage}; {OpenApiCommand.Usage}");
                return 2;
            }
            await using var app = await AssayApplication.BuildAsync(args);
            PortProbe.Check(app.Services.GetRequiredService<AssaySettings>().Url);
            await app.RunAsync();
            return 0;
        }
        catch (StartupException problem)
        {
            return Refuse(problem.Message);
        }
        catch (OptionsValidationException problem)
        {
            return Refuse(string.Join(" ", problem.Failures));
        }
        catch (IOException problem) when (problem.InnerException is AddressInUseException or SocketException)
        {
            return Refuse($"The port is in use or cannot be bound: {problem.Message} Set ASSAY_PORT to another.");
        }
    }

    private static int Refuse(string line)
    {
        Console.Error.WriteLine($"assay: {line}");
        return 1;
    }
}
