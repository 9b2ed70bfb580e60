using Assay.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Quality.Tests.Testing;

/// <summary>One engine, as the product wires it, for all tests of this assembly.</summary>
public sealed class QualityEngine : IAsyncLifetime
{
    private readonly string temp = Directory.CreateTempSubdirectory("assay-quality-test-").FullName;
    private ServiceProvider? services;

    public IEngine Engine => services!.GetRequiredService<IEngine>();

    public ValueTask InitializeAsync()
    {
        services = new ServiceCollection()
            .AddLogging()
            .AddEngine(options =>
            {
                options.TempFolder = temp;
                options.Threads = 2;
            })
            .BuildServiceProvider();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await services!.DisposeAsync();
        Directory.Delete(temp, recursive: true);
    }

    /// <summary>The only value of the only row.</summary>
    public async Task<object?> ScalarAsync(string sql)
    {
        await using var reader = await Engine.OpenAsync(sql, TestContext.Current.CancellationToken);
        return (await reader.ReadAsync(TestContext.Current.CancellationToken))![0];
    }
}
