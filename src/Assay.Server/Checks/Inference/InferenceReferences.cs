using System.Text.Json;
using Assay.Engine;
using Assay.Quality.Inference;
using Assay.Quality.Profiling;
using Assay.Server.Checks.Writes;
using Assay.Server.Containers;
using Assay.Server.Fields;
using Assay.Server.Profiles;
using Assay.Server.Reading;
using Assay.Server.Store;
using Assay.Server.Web;
using Assay.Sources.Contract;
using Assay.Sources.Reading;
using Microsoft.EntityFrameworkCore;
using Relation = Assay.Quality.Scanning.Relation;

namespace Assay.Server.Checks.Inference;

/// <summary>
/// Finds keys of the datastore's other containers that fields of a container are named after, and opens them. A key is declared as one, or its
/// values were all different at the latest profile.
/// </summary>
internal sealed class InferenceReferences(IDbContextFactory<AssayDb> contexts, ContainerReader reader, ILogger<InferenceReferences> log)
{
    private const int MostContainers = 10;

    public async Task<OpenedKeys> OpenAsync(StoredContainer stored, ContainerFields found, CancellationToken cancel)
    {
        var opened = new OpenedKeys();
        try
        {
            foreach (var (id, key) in (await KeysAsync(stored, found, cancel)).Take(MostContainers)) await AddAsync(opened, id, key, cancel);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    private async Task<IEnumerable<(long Container, string Key)>> KeysAsync(StoredContainer stored, ContainerFields found, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var containers = await db.Set<Container>().AsNoTracking().Where(c => c.DatastoreId == stored.Datastore.Id && c.DeletedAt == null && c.Id != stored.Row.Id)
            .OrderBy(c => c.Id).Select(c => new { c.Id, c.Name, c.Keys }).ToListAsync(cancel);
        var ids = containers.ConvertAll(c => c.Id);
        var fields = await (from f in db.Set<Field>().AsNoTracking()
                            where ids.Contains(f.ContainerId) && f.Status == FieldStatus.Active && (f.Type == nameof(Quality.FieldType.Integral) || f.Type == nameof(Quality.FieldType.String))
                            select new { f.ContainerId, f.Name, f.LatestProfileId }).ToListAsync(cancel);
        var named = (from c in containers
                     join f in fields on c.Id equals f.ContainerId
                     where found.Fields.Any(own => KeyNames.IsNamedAfter(own.Name, c.Name, f.Name))
                     select (Container: c, Field: f)).ToList();
        var profiles = named.Where(n => n.Field.LatestProfileId is not null).Select(n => n.Field.LatestProfileId!.Value).ToList();
        var metrics = await db.Set<FieldProfileRow>().AsNoTracking().Where(p => profiles.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Metrics, cancel);
        return named.Where(n => IsDeclared(n.Container.Keys, n.Field.Name) || n.Field.LatestProfileId is { } id && metrics.TryGetValue(id, out var json) && IsUnique(json))
            .Select(n => (n.Container.Id, n.Field.Name));
    }

    private static bool IsDeclared(string keys, string field) =>
        JsonSerializer.Deserialize<List<KeyStructure>>(keys, Json.Options)!.Any(k => k.Kind != KeyKind.Foreign && k.Fields is [var only] && only == field);

    private static bool IsUnique(string metrics) => JsonSerializer.Deserialize<FieldProfile>(metrics, Json.Options) is { Values: > 1 } profile && profile.ApproximateDistinctValues == profile.Values;

    private async Task AddAsync(OpenedKeys opened, long id, string key, CancellationToken cancel)
    {
        if (await reader.FindAsync(id, cancel) is not { } stored || stored.Readable.FirstOrDefault(f => f.Name == key) is not { } field) return;
        try
        {
            var rows = await reader.OpenAsync(stored, read => read with { Columns = [key] }, cancel);
            opened.Add(rows, new ReferenceCandidate(id, stored.Datastore.Id,
                new Relation(stored.Row.Name, rows.Sql) { Bind = rows.Bind, Fields = [CheckReviewer.Type(field)], Datastore = stored.Datastore.Name }, CheckReviewer.Type(field)));
        }
        catch (Exception problem) when (problem is SourceException or EngineException)
        {
            log.LogInformation("Container {Container}, which fields are named after, cannot be read: {Problem}", id, ReadProblem.Of(problem));
        }
    }
}

/// <summary>Keys of other containers; what was staged goes with it.</summary>
internal sealed class OpenedKeys : IAsyncDisposable
{
    private readonly List<EngineRows> rows = [];
    private readonly List<ReferenceCandidate> keys = [];

    public IReadOnlyList<ReferenceCandidate> Keys => keys;

    public void Add(EngineRows opened, ReferenceCandidate key)
    {
        rows.Add(opened);
        keys.Add(key);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var opened in rows) await opened.DisposeAsync();
    }
}
