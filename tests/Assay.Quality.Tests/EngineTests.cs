using Assay.Quality.Tests.Testing;

namespace Assay.Quality.Tests;

public sealed class EngineTests(QualityEngine engine)
{
    [Fact]
    public async Task Engine_Statement_Answers() => (await engine.ScalarAsync("SELECT 1 + 1")).ShouldBe((ushort)2);
}
