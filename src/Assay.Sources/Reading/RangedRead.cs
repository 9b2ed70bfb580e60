using System.Runtime.ExceptionServices;
using Assay.Engine;

namespace Assay.Sources.Reading;

/// <summary>A read that is cut into ranges, which together are all of its rows, each once. They are read side by side; disposing it ends their sessions.</summary>
/// <param name="ranges">Each writes the rows of one range.</param>
internal sealed class RangedRead(IReadOnlyList<Func<Stream, CancellationToken, Task>> ranges, Func<ValueTask> release) : IAsyncDisposable
{
    /// <summary>Runs all ranges at once and adds up what they come to. Where one fails the others are stopped, and its failure counts.</summary>
    public async Task<EngineSummary> RunAsync(Func<Func<Stream, CancellationToken, Task>, CancellationToken, Task<EngineSummary>> insert, CancellationToken cancel)
    {
        using var together = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Exception? first = null;
        var summaries = await Task.WhenAll(ranges.Select(async Task<EngineSummary?> (range) =>
        {
            try
            {
                return await insert(range, together.Token);
            }
            catch (Exception e)
            {
                if (Interlocked.CompareExchange(ref first, e, null) is null) await together.CancelAsync();
                return null;
            }
        }));
        if (first is not null) ExceptionDispatchInfo.Throw(first);
        return summaries[0]! with { WrittenRows = (ulong)summaries.Sum(s => (long)s!.WrittenRows) };
    }

    public ValueTask DisposeAsync() => release();
}
