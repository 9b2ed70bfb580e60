using Assay.Engine;
using Assay.Quality.Scanning;
using Assay.Server.Checks.Writes;
using Assay.Server.Reading;
using Assay.Sources.Contract;
using Assay.Sources.Reading;

namespace Assay.Server.Operations.Scan;

/// <summary>Opens the containers that checks refer to, each once. One that cannot be read leaves its checks unasserted, and no others.</summary>
internal sealed class ScanReferences(ContainerReader reader, ILogger<ScanReferences> log)
{
    public async Task<OpenedReferences> OpenAsync(IReadOnlyList<StoredCheck> checks, CancellationToken cancel)
    {
        var opened = new OpenedReferences();
        try
        {
            foreach (var id in checks.Select(c => c.Reference).OfType<long>().Distinct())
                if (await reader.FindAsync(id, cancel) is { Readable.Count: > 0 } stored) await AddAsync(opened, id, stored, cancel);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    private async Task AddAsync(OpenedReferences opened, long id, StoredContainer stored, CancellationToken cancel)
    {
        try
        {
            opened.Add(id, stored, await reader.OpenAsync(stored, read => read, cancel));
        }
        catch (Exception problem) when (problem is SourceException or EngineException)
        {
            log.LogInformation("Container {Container}, to which checks refer, cannot be read: {Problem}", id, ReadProblem.Of(problem));
        }
    }
}

/// <summary>Rows of referenced containers; staged ones go with it.</summary>
internal sealed class OpenedReferences : IAsyncDisposable
{
    private readonly Dictionary<long, Relation> relations = [];
    private readonly List<EngineRows> rows = [];

    public void Add(long id, StoredContainer stored, EngineRows opened)
    {
        rows.Add(opened);
        relations[id] = new Relation(stored.Row.Name, opened.Sql)
        {
            Bind = opened.Bind,
            Fields = [.. stored.Readable.Select(CheckReviewer.Type)],
            Datastore = stored.Datastore.Name,
        };
    }

    public Relation? For(StoredCheck check) => check.Reference is { } id ? relations.GetValueOrDefault(id) : null;

    public async ValueTask DisposeAsync()
    {
        foreach (var opened in rows) await opened.DisposeAsync();
    }
}
