using Assay.Engine;
using Assay.Quality.Inference;
using Assay.Quality.Profiling;
using Assay.Server.Checks.Writes;
using Assay.Server.Fields;
using Assay.Server.Operations.Profile;
using Assay.Server.Reading;
using Relation = Assay.Quality.Scanning.Relation;

namespace Assay.Server.Checks.Inference;

/// <summary>Has checks inferred from the rows that a profile has read.</summary>
internal sealed class CheckInference(IEngine engine, InferenceReferences references, TimeProvider clock)
{
    /// <param name="sql">The rows that were profiled.</param>
    /// <param name="types">The engine's types of their columns, where they are known.</param>
    /// <param name="whole">Whether they are the container's and not those of a group: only those are compared with other containers.</param>
    public async Task<IReadOnlyList<InferredCheck>> RunAsync(
        StoredContainer stored, string sql, Func<EngineQuery, EngineQuery> bind, IReadOnlyDictionary<string, string>? types, ContainerFields found, ProfileSettings settings, bool whole, CancellationToken cancel)
    {
        if (settings.InferenceThreshold == 0) return [];
        await using var opened = whole && settings.InferenceThreshold >= Inferrer.ReferenceLevel ? await references.OpenAsync(stored, found, cancel) : new OpenedKeys();
        return await new Inferrer(engine).RunAsync(new InferenceRequest
        {
            Rows = new Relation(stored.Row.Name, sql)
            {
                Bind = bind,
                Types = types,
                Fields = [.. stored.Readable.Select(CheckReviewer.Type)],
                Datastore = stored.Datastore.Name,
            },
            Profile = found,
            Level = settings.InferenceThreshold,
            Now = clock.GetUtcNow(),
            TestShare = settings.PercentTestingThreshold,
            TestRows = settings.MaxCountTestingSample,
            Correlation = settings.HighCorrelationThreshold,
            MostCategories = settings.HistogramMaxDistinctValues,
            // What a check lists, such as expected values, is shown to whoever reads the check.
            References = opened.Keys,
            Without = stored.Readable.Where(f => f.Status == FieldStatus.Masked).Select(f => f.Name).ToHashSet(StringComparer.Ordinal),
        }, cancel);
    }
}
