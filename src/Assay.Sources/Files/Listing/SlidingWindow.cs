using System.Runtime.CompilerServices;

namespace Assay.Sources.Files.Listing;

/// <summary>Works on several items at once and gives the results in the order of the items.</summary>
internal static class SlidingWindow
{
    public static async IAsyncEnumerable<TResult> SelectAsync<TItem, TResult>(
        IAsyncEnumerable<TItem> items, int width, Func<TItem, CancellationToken, Task<TResult>> work,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var running = new Queue<Task<TResult>>();
        try
        {
            await foreach (var item in items.WithCancellation(stop.Token))
            {
                if (running.Count >= width) yield return await running.Dequeue();
                running.Enqueue(work(item, stop.Token));
            }
            while (running.TryDequeue(out var next)) yield return await next;
        }
        finally
        {
            await stop.CancelAsync();
            // Left over after a failure or when the reader lost interest: nothing may go on behind its back.
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
