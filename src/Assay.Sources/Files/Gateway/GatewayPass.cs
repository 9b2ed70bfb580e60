using System.Security.Cryptography;
using Assay.Sources.Contract;

namespace Assay.Sources.Files.Gateway;

/// <summary>The right to read some files through the gateway, for as long as it is not disposed.</summary>
/// <param name="root">Where the gateway listens.</param>
internal sealed class GatewayPass(Uri root, IFileView view, Action<GatewayPass> end) : IDisposable
{
    private const int KeyBytes = 20;

    public IFileView View => view;
    public string AccessKey { get; } = RandomNumberGenerator.GetHexString(KeyBytes);
    public string SecretKey { get; } = RandomNumberGenerator.GetHexString(2 * KeyBytes);

    /// <summary>The URL of the view's bucket, with a slash at its end.</summary>
    public Uri Bucket { get; } = new(root, $"{view.Bucket}/");

    /// <summary>What the store behind the gateway refused first; the engine's error only says that something did not work.</summary>
    public SourceFault? Failure { get; private set; }

    public void Failed(SourceFault fault) => Failure ??= fault;

    public void Dispose() => end(this);
}
