using Assay.Server.Settings;
using Assay.Sources.Drivers.Installing;

namespace Assay.Server.Startup;

/// <summary><c>assay driver</c>: the database drivers that Assay may not or cannot ship. They lie in the data folder; a running server finds a new one by itself.</summary>
internal static class DriverCommand
{
    public const string Name = "driver";

    public const string Usage = "usage: assay driver add <package> [version] [--as NAME] [--source FEED] [--connection STRING] [--quotes SIGNS] | list | remove <name>";

    /// <summary>Where drivers lie in a data folder.</summary>
    public static string FolderIn(string data) => Path.Combine(Path.GetFullPath(data), "drivers");

    /// <exception cref="StartupException">The driver cannot be added; the message says why.</exception>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, Action<AssaySettings>? adjust, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        var settings = builder.AddSettings();
        adjust?.Invoke(settings);
        var installer = new DriverInstaller(FolderIn(settings.Data));
        switch (arguments)
        {
            case ["add", .. var rest] when OrderOf(rest) is { } order:
                await AddAsync(installer, order, output, cancel);
                return 0;
            case ["list"]:
                foreach (var driver in installer.List())
                    await output.WriteLineAsync($"{driver.Name}: {driver.Package} {driver.Version}");
                return 0;
            case ["remove", var name]:
                if (installer.Remove(name)) return 0;
                throw new StartupException($"There is no driver '{name}'.");
            default:
                await output.WriteLineAsync(Usage);
                return 2;
        }
    }

    private static async Task AddAsync(DriverInstaller installer, DriverOrder order, TextWriter output, CancellationToken cancel)
    {
        try
        {
            var driver = await installer.AddAsync(order, cancel);
            await output.WriteLineAsync($"Added {driver.Package} {driver.Version} as driver '{driver.Name}' ({driver.Factory}), with {driver.Packages.Count - 1} further packages. Its licence is its maker's.");
        }
        catch (DriverException problem)
        {
            throw new StartupException(problem.Message);
        }
    }

    /// <returns>Null where the arguments are none of those that there are.</returns>
    private static DriverOrder? OrderOf(string[] arguments)
    {
        var plain = new List<string>();
        var order = new DriverOrder("");
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                plain.Add(arguments[i]);
                continue;
            }
            if (i + 1 == arguments.Length) return null;
            var value = arguments[++i];
            switch (arguments[i - 1])
            {
                case "--as": order = order with { As = value.ToLowerInvariant() }; break;
                case "--source": order = order with { Source = value }; break;
                case "--connection": order = order with { ConnectionString = value }; break;
                case "--quotes" when value.Length is 1 or 2: order = order with { Quotes = value }; break;
                default: return null;
            }
        }
        return plain switch
        {
            [var package] => order with { Package = package },
            [var package, var version] => order with { Package = package, Version = version },
            _ => null,
        };
    }
}
