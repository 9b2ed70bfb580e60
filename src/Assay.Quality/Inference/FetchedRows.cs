using System.Buffers;
using System.Runtime.InteropServices;
using Assay.Engine;
using Assay.Quality.Profiling;
using Assay.Quality.Scanning;

namespace Assay.Quality.Inference;

/// <summary>
/// The values of few rows, fetched once: candidates are made from them here, since of few rows the engine takes far longer to understand statements than to run them.
/// </summary>
internal sealed class FetchedRows
{
    private const int MostFields = 100, MostBytes = 16 << 20;

    private readonly Dictionary<string, FetchedField> fields;

    private FetchedRows(IReadOnlyList<FetchedField> fields, int flags, ReadOnlySpan<byte> bytes)
    {
        this.fields = fields.ToDictionary(f => f.Name, StringComparer.Ordinal);
        Flags = [.. Enumerable.Range(0, flags).Select(_ => new List<bool>())];
        var rows = new WrittenRows(bytes);
        while (!rows.IsEmpty)
        {
            var training = rows.Flag();
            Training.Add(training);
            foreach (var flag in Flags) flag.Add(rows.Flag());
            foreach (var field in fields) field.Take(ref rows, training);
        }
    }

    /// <summary>Of each row, whether it is one of the training rows.</summary>
    public List<bool> Training { get; } = [];

    /// <summary>Of each condition that was asked for, the rows in which it is true.</summary>
    public IReadOnlyList<List<bool>> Flags { get; }

    public FetchedField this[FieldProfile field] => fields[field.Name];

    /// <param name="flags">Conditions to fetch besides.</param>
    /// <returns>Null where there is too much to fetch, or what the engine cannot write.</returns>
    public static async Task<FetchedRows?> FetchAsync(IEngine engine, TrainingRows training, IReadOnlyList<string> flags, CancellationToken cancellation)
    {
        var profiles = training.Profiles.Where(IsFetched).ToList();
        if (training.Request.Profile.Read > training.Request.FewRows || profiles.Count > MostFields) return null;
        var fields = profiles.ConvertAll(f => new FetchedField(f, training.Value(f), (int)training.Request.Profile.Read));
        var select = flags.Prepend(training.Condition).Select(f => $"toUInt8({f})").Concat(fields.SelectMany(f => f.Written));
        var bytes = ArrayPool<byte>.Shared.Rent(MostBytes);
        try
        {
            await using var stream = await engine.DownloadAsync(
                training.Query($"SELECT {string.Join(", ", select)} FROM {training.All.From}").WithSetting("max_threads", 1), "RowBinary", cancellation);
            var read = await stream.ReadAtLeastAsync(bytes.AsMemory(0, MostBytes), MostBytes, throwOnEndOfStream: false, cancellation);
            return read < MostBytes ? new FetchedRows(fields, flags.Count, bytes.AsSpan(0, read)) : null;
        }
        catch (EngineException problem) when (!problem.IsLost)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>How many rows there are with a value in each of some fields, and how many of them equal an earlier one in these and in others.</summary>
    public (long Rows, long Surplus) Surplus(IReadOnlyList<FieldProfile> needed, IReadOnlyList<FieldProfile> others)
    {
        var present = Enumerable.Range(0, Training.Count).Where(i => needed.All(f => this[f].Rows[i] != FetchedField.None)).ToList();
        // Rows that are alike so far have the same number.
        var kinds = new int[present.Count];
        var count = Math.Min(1, present.Count);
        foreach (var places in needed.Concat(others).Select(f => this[f].Rows))
        {
            var known = new Dictionary<(int, int), int>();
            for (var i = 0; i < kinds.Length; i++)
            {
                ref var kind = ref CollectionsMarshal.GetValueRefOrAddDefault(known, (kinds[i], places[present[i]]), out var isKnown);
                if (!isKnown) kind = known.Count;
                kinds[i] = kind;
            }

            count = known.Count;
        }

        return (present.Count, present.Count - count);
    }

    private static bool IsFetched(FieldProfile field) => field.Type is not (FieldKind.Array or FieldKind.Struct);
}
