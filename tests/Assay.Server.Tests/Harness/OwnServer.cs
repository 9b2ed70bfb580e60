namespace Assay.Server.Tests.Harness;

/// <summary>A server for one test class alone, for tests that would disturb others: what they count, or the only administrator.</summary>
public sealed class OwnServer : IAsyncLifetime
{
    public AssayServer Assay { get; } = new();

    public ValueTask InitializeAsync() => Assay.InitializeAsync();
    public ValueTask DisposeAsync() => Assay.DisposeAsync();
}
