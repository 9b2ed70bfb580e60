using Assay.Server.Settings;

namespace Assay.Server.Secrets;

/// <summary>The file that holds the master keys, one a line, the one that wraps first.</summary>
internal sealed class MasterKeyFile(string path)
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public string Path => path;

    /// <summary>The keys, none where there is no file yet.</summary>
    /// <exception cref="StartupException">The file cannot be read, holds no key, or lies open to others.</exception>
    public IReadOnlyList<MasterKey> Read()
    {
        try
        {
            if (!File.Exists(path)) return [];
            if ((File.GetUnixFileMode(path) & Others) != 0)
                throw new StartupException($"{path}: others than its owner may read the master key; run 'chmod 600 {path}'.");
            var keys = File.ReadAllLines(path).Where(line => line.Trim().Length > 0).Select(line => MasterKey.Decode(line, path)).ToList();
            return keys.Count > 0 ? keys : throw new StartupException($"{path}: holds no key; restore it from a backup.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{path}: the master key cannot be read: {problem.Message}");
        }
    }

    public void Write(IReadOnlyList<MasterKey> keys) => PrivateFile.Write(path, string.Concat(keys.Select(k => k.Encode() + "\n")));
}
