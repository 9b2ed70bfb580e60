using Assay.Engine;

namespace Assay.Sources.Tests.Reading;

/// <summary>Where rows go of which nobody knows how many there are.</summary>
public sealed class HeldRowsTests(EngineFixture fixture)
{
    private const string All = "20000|199990000|20000";
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly HeldSource source = new(fixture.Engine);

    [Theory]
    [InlineData(0, "0|0|0")]
    [InlineData(10, "10|45|10")]
    public async Task OpenAsync_FewRows_LieInMemory(int count, string figures) =>
        (await source.ReadAsync(source.Of((output, cancel) => HeldSource.WriteAsync(output, 0, count, cancel)))).ShouldBe(("Memory", figures));

    [Theory]
    [InlineData(null, "MergeTree")]
    [InlineData(1000L, "Memory")]
    public async Task OpenAsync_ManyRows_AreAllThereOnce(long? known, string kind) =>
        (await source.ReadAsync(source.Of((output, cancel) => HeldSource.WriteAsync(output, 0, HeldSource.Many, cancel), known))).ShouldBe((kind, All));

    [Fact]
    public async Task OpenAsync_MoreThanFitsIntoMemory_IsReadAgainOntoTheDisk_OnceTheFirstReadHasStopped()
    {
        var (runs, running) = (0, 0);
        source.Settings["max_memory_usage"] = 1 << 20;

        var found = await source.ReadAsync(source.Of(async (output, cancel) =>
        {
            Interlocked.Increment(ref running).ShouldBe(1);
            try
            {
                runs++;
                await HeldSource.WriteAsync(output, 0, HeldSource.Many, cancel);
                // Only the first try has so little memory.
                source.Settings.Clear();
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        }, 1000));

        found.ShouldBe(("MergeTree", All));
        runs.ShouldBe(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(HeldSource.Many)]
    public async Task OpenAsync_SourceThatFails_GivesItsFault_AndLeavesNoTable(int after)
    {
        var fault = new SourceFault(SourceFaultCode.ConnectionLost, "read rows", "Gone.");

        var error = await Should.ThrowAsync<SourceException>(() => source.Of(async (output, cancel) =>
        {
            await HeldSource.WriteAsync(output, 0, after, cancel);
            throw new SourceException(fault);
        }).OpenAsync(fixture.Engine, default));

        error.Fault.ShouldBe(fault);
        (await source.TablesAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(10)]
    [InlineData(HeldSource.Many)]
    public async Task OpenAsync_Cancelled_StopsTheSource_AndLeavesNoTable(int after)
    {
        using var cancel = new CancellationTokenSource();
        var stopped = false;
        var opening = source.Of(async (output, stop) =>
        {
            try
            {
                await HeldSource.WriteAsync(output, 0, after, stop);
                await cancel.CancelAsync();
                await Task.Delay(Timeout.Infinite, stop);
            }
            finally
            {
                stopped = true;
            }
        }).OpenAsync(fixture.Engine, cancel.Token);

        await Should.ThrowAsync<OperationCanceledException>(() => opening.WaitAsync(Long));

        stopped.ShouldBeTrue();
        (await source.TablesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task OpenAsync_TableThatTheEngineRefuses_ReleasesAWriterThatCannotBeCancelled()
    {
        var stopped = false;
        var opening = new HeldSource(fixture.Engine, "NoSuchType").Of(async (output, _) =>
        {
            try
            {
                await HeldSource.WriteAsync(output, 0, int.MaxValue, CancellationToken.None);
            }
            finally
            {
                stopped = true;
            }
        }).OpenAsync(fixture.Engine, default);

        await Should.ThrowAsync<EngineException>(() => opening.WaitAsync(Long));

        stopped.ShouldBeTrue();
    }

    [Fact]
    public async Task OpenAsync_RowsThatTheEngineRefuses_GiveItsException()
    {
        var opening = new HeldSource(fixture.Engine, "Date").Of((output, cancel) => HeldSource.WriteAsync(output, 1_000_000_000, 1_000_000_000 + HeldSource.Many, cancel)).OpenAsync(fixture.Engine, default);

        (await Should.ThrowAsync<EngineException>(() => opening.WaitAsync(Long))).Fault.ShouldBe(EngineFault.BadData);
    }
}
