using Assay.EngineHost.Http;
using Assay.EngineHost.Native;
using Assay.EngineHost.Statements;

namespace Assay.EngineHost.Queries;

/// <summary>A request's settings and database on a pooled connection, and their removal.</summary>
internal sealed class Session
{
    private const string DefaultDatabase = "default";

    private readonly ChdbConnection _connection;
    private readonly List<string> _undo = [];

    private Session(ChdbConnection connection) => _connection = connection;

    /// <summary>Why the session could not be set up, in the engine's words.</summary>
    internal string? Error { get; private set; }

    internal static async Task<Session> OpenAsync(ChdbConnection connection, QueryRequest request)
    {
        var settings = request.Settings.Append(new("log_comment", request.Id)).ToList();
        var session = new Session(connection);
        await session.ApplyAsync(
            "SET " + string.Join(", ", settings.Select(setting => $"{setting.Key} = {Rewriting.Literal(setting.Value)}")),
            "SET " + string.Join(", ", settings.Select(setting => $"{setting.Key} = DEFAULT")));
        if (session.Error is null && request.Database is not (null or "" or DefaultDatabase))
            await session.ApplyAsync($"USE {Rewriting.Name(request.Database)}", $"USE {DefaultDatabase}");
        return session;
    }

    /// <summary>
    /// Puts the connection back as it was. It also takes away output that a failed statement left in the library, which
    /// would otherwise appear in front of the next one's.
    /// </summary>
    internal async Task CloseAsync()
    {
        foreach (var statement in _undo)
            await _connection.QueryAsync(statement);
    }

    private async Task ApplyAsync(string statement, string undo)
    {
        Error = (await _connection.QueryAsync(statement)).Error;
        // A SET that fails has changed nothing.
        if (Error is null)
            _undo.Add(undo);
    }
}
