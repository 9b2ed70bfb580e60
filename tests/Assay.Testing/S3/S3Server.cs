using Assay.Testing.Npm;

namespace Assay.Testing.S3;

/// <summary>
/// An S3 server (s3rver) on a port and a folder of its own. It knows one access key and refuses others, but does not verify
/// signatures of version 4. <see cref="SharedAsync"/> gives the one of this test process: make buckets of your own in it.
/// </summary>
public sealed class S3Server : IAsyncDisposable
{
    public const string AccessKey = "S3RVER";
    public const string SecretKey = "S3RVER";

    private static readonly Lazy<Task<S3Server>> shared = new(() => StartAsync());
    private static int counter;

    private readonly NodeServer node;
    private readonly DirectoryInfo folder;

    private S3Server(NodeServer node, DirectoryInfo folder) => (this.node, this.folder) = (node, folder);

    public int Port => node.Port;
    public string Endpoint => $"http://127.0.0.1:{Port}";

    public static Task<S3Server> SharedAsync() => shared.Value;

    public static async Task<S3Server> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("assay-s3-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(folder);
        // Its continuation tokens are made with DES, which OpenSSL 3 only knows as a legacy cipher.
        var node = await NodeServer.StartAsync("--openssl-legacy-provider", "-e", $$"""
            const S3rver = require('s3rver');
            new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: '{{folder.FullName}}' }).run()
              .then(at => console.log(`http://${at.address}:${at.port}`));
            """);
        return new S3Server(node, folder);
    }

    /// <summary>Makes an empty bucket and answers its name.</summary>
    public string CreateBucket(string? name = null)
    {
        name ??= $"bucket-{Interlocked.Increment(ref counter)}";
        folder.CreateSubdirectory(name);
        return name;
    }

    /// <summary>Puts an object where the server keeps it: quicker than a request each.</summary>
    public void Put(string bucket, string key, byte[] content, DateTime? modified = null)
    {
        var path = PathOf(bucket, key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        if (modified is not null) File.SetLastWriteTimeUtc(path, modified.Value);
    }

    public void Put(string bucket, string key, string content) => Put(bucket, key, System.Text.Encoding.UTF8.GetBytes(content));

    public byte[] Get(string bucket, string key) => File.ReadAllBytes(PathOf(bucket, key));

    public void Delete(string bucket, string key) => File.Delete(PathOf(bucket, key));

    /// <summary>The keys that are there now.</summary>
    public IEnumerable<string> KeysOf(string bucket)
    {
        var root = Path.Combine(folder.FullName, bucket);
        return Directory.EnumerateFiles(root, "*._S3rver_object", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path)[..^"._S3rver_object".Length]);
    }

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        Remove(folder);
    }

    private string PathOf(string bucket, string key) => Path.Combine(folder.FullName, bucket, key + "._S3rver_object");

    private static void Remove(DirectoryInfo folder)
    {
        if (Directory.Exists(folder.FullName)) folder.Delete(recursive: true);
    }
}
