using Assay.Server.Startup;

namespace Assay.Server.OpenApi;

/// <summary><c>assay openapi FILE</c>: writes the document without starting a server.</summary>
internal static class OpenApiCommand
{
    public const string Name = "openapi";
    public const string Usage = "assay openapi FILE writes the description of the API";

    public static async Task<int> RunAsync(string file, CancellationToken cancel)
    {
        // Composing asks for a data folder, though nothing of it is used.
        var folder = Directory.CreateTempSubdirectory("assay-openapi-").FullName;
        try
        {
            await using var app = AssayApplication.Compose([], settings => (settings.Data, settings.Database) = (folder, ""));
            app.UseEndpoints(_ => { }); // makes the routes known, which otherwise the start does
            await File.WriteAllBytesAsync(file, await app.Services.GetRequiredService<ApiDocument>().JsonAsync(cancel), cancel);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
