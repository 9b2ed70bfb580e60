namespace Assay.Samples;

/// <summary>What the command line asks for.</summary>
/// <param name="Port">The port to listen on; null takes a free one.</param>
/// <param name="Password">Of the reader and the writer.</param>
/// <param name="Data">The folder with the files of vega-datasets; null looks for it.</param>
/// <param name="ReadyFile">A file to write the facts to, as JSON, once everything is there.</param>
internal sealed record ServeArguments(int? Port, string Password, string? Data, string? ReadyFile)
{
    public const string Usage = """
        assay-samples serve [--port N] [--password TEXT] [--data FOLDER] [--ready-file FILE]
        Starts a PostgreSQL on this machine with real data in it, until it is interrupted; then both are gone.
        """;

    private const string DefaultPassword = "assay-demo";

    public static ServeArguments? Parse(string[] args, out string? problem)
    {
        problem = null;
        if (args is not ["serve", .. var options])
        {
            problem = "Say 'serve'.";
            return null;
        }
        var arguments = new ServeArguments(null, DefaultPassword, null, null);
        for (var i = 0; i < options.Length && problem is null; i += 2)
        {
            var value = i + 1 < options.Length ? options[i + 1] : null;
            switch (options[i])
            {
                case "--port" when int.TryParse(value, out var port) && port is > 0 and < 65_536:
                    arguments = arguments with { Port = port };
                    break;
                case "--password" when value is { Length: > 0 }:
                    arguments = arguments with { Password = value };
                    break;
                case "--data" when Directory.Exists(value):
                    arguments = arguments with { Data = value };
                    break;
                case "--ready-file" when value is { Length: > 0 }:
                    arguments = arguments with { ReadyFile = value };
                    break;
                default:
                    problem = $"'{options[i]} {value}' is not understood.";
                    break;
            }
        }
        return problem is null ? arguments : null;
    }
}
