using Assay.Sources.Tests.Reading;

namespace Assay.Sources.Tests.Writing;

/// <summary>What a writer promises where the store has transactions.</summary>
public abstract class TransactionalConformance(EngineFixture fixture) : WriterConformance(fixture)
{
    [Fact]
    public async Task Append_SameBatchFromManySides_IsThereOnce()
    {
        await using var store = await StoreAsync();
        var table = WritingSamples.Table("t");
        await using (var first = await store.OpenAsync()) await first.PrepareAsync(table, Cancel);
        var written = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var writer = await store.OpenAsync();
            return await writer.AppendAsync(table, "a", WritingSamples.Numbers(Fixture.Engine, 5_000), Cancel);
        }));
        written.Count(once => once).ShouldBe(1);
        (await store.CountAsync("t")).ShouldBe(5_000);
    }
}
