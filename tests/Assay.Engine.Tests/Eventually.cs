namespace Assay.Engine.Tests;

internal static class Eventually
{
    /// <summary>Waits for a condition that other processes bring about; fails when it does not hold within half a minute.</summary>
    internal static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        var until = DateTime.UtcNow.AddSeconds(30);
        while (!await condition())
        {
            (DateTime.UtcNow < until).ShouldBeTrue("The condition did not come about in time.");
            await Task.Delay(20);
        }
    }

    internal static Task HoldsAsync(Func<bool> condition) => HoldsAsync(() => Task.FromResult(condition()));
}
