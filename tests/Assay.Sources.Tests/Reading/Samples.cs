using Assay.Engine;
using Assay.Sources.Reading;

namespace Assay.Sources.Tests.Reading;

/// <summary>What every connector that samples has to do with a container whose field <c>n</c> holds the numbers 1 to 5,000.</summary>
internal static class Samples
{
    public const int Rows = 5_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="query">Read instead of the container; its columns are the container's.</param>
    public static async Task ShouldSampleAsync(this IConnector connector, SourceTarget target, IEngine engine, ContainerStructure container, string? query = null)
    {
        var readable = (IReadable)connector;
        var read = new ContainerRead { Container = container, Columns = ["n"], Query = query };
        readable.CanSample.ShouldBeTrue();
        (await readable.CountAsync(target, read, Cancel)).ShouldBe(Rows);

        var (count, least, most) = await ReadAsync(read with { Share = 0.2 });
        count.ShouldBeInRange(750, 1_250);
        least.ShouldBeLessThan(500);
        most.ShouldBeGreaterThan(4_500);
        (count, least, _) = await ReadAsync(read with { Share = 0.2, After = new IncrementalBound("n", 2_500L) });
        count.ShouldBeInRange(300, 700);
        least.ShouldBeGreaterThan(2_500);

        async Task<(long Count, long Least, long Most)> ReadAsync(ContainerRead some)
        {
            var described = await readable.DescribeReadAsync(target, some, Cancel);
            await using var rows = await described.OpenAsync(engine, Cancel);
            var found = (await engine.ListAsync(rows.Query($"SELECT toInt64(count()), toInt64(min(n)), toInt64(max(n)) FROM ({rows.Sql})"), Cancel))[0];
            // No more than those ever came from the source.
            rows.Rows.ShouldBe(found.Get<long>(0));
            return (found.Get<long>(0), found.Get<long>(1), found.Get<long>(2));
        }
    }
}
