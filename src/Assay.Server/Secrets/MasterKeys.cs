using System.Security.Cryptography;
using Assay.Server.Settings;

namespace Assay.Server.Secrets;

/// <summary>
/// The keys that wrap data keys, by id. They come from <c>ASSAY_MASTER_KEY</c> (comma-separated, the first one wraps, the others
/// only unwrap) or from <c>master.key</c> in the data folder, one base64 key a line, made at first start with mode 0600.
/// </summary>
internal sealed class MasterKeys
{
    private const string DataKeyPlace = "data-key";
    private readonly MasterKeyFile? file;
    private IReadOnlyList<MasterKey> ring;

    private MasterKeys(IReadOnlyList<MasterKey> ring, MasterKeyFile? file) => (this.ring, this.file) = (ring, file);

    /// <summary>Where the keys come from, for messages.</summary>
    public string Source => file?.Path ?? MasterKey.Variable;

    /// <summary>The key file, or null where the keys are given by <c>ASSAY_MASTER_KEY</c>.</summary>
    public MasterKeyFile? File => file;

    /// <exception cref="StartupException">A key is not 32 bytes of base64, or the key file cannot be read.</exception>
    public static MasterKeys Load(AssaySettings settings)
    {
        if (settings.MasterKey.Length > 0)
            return new MasterKeys([.. settings.MasterKey.Split(',').Select(text => MasterKey.Decode(text, MasterKey.Variable))], null);
        var file = new MasterKeyFile(Path.Combine(settings.Data, "master.key"));
        return new MasterKeys(file.Read(), file);
    }

    /// <summary>The id of the key that wraps from now on. Makes the first key where there is none yet.</summary>
    public string EnsureCurrent()
    {
        if (ring.Count == 0) Replace([MasterKey.New()]);
        return ring[0].Id;
    }

    /// <summary>Writes the key file and uses its keys from now on.</summary>
    public void Replace(IReadOnlyList<MasterKey> keys)
    {
        file!.Write(keys);
        ring = keys;
    }

    public IReadOnlyList<MasterKey> All => ring;

    public string Wrap(byte[] dataKey) => Sealing.Seal(ring[0].Bytes, dataKey, DataKeyPlace);

    /// <exception cref="CryptographicException">The master key is not at hand, or does not open it.</exception>
    public byte[] Unwrap(DataKey row)
    {
        // Another process may have put a new key into the file while this one runs.
        if (Find(row.MasterKeyId) is null) ReadAgain();
        var master = Find(row.MasterKeyId) ?? throw new CryptographicException(
            $"The secrets in the metadata store are wrapped by master key {row.MasterKeyId}, which is not in {Source}: restore that key (ASSAY_MASTER_KEY or {Describe()}). If it is lost for good, "
            + "'assay admin-token --lost-master-key' makes new keys; connections must then be given their secrets again.");
        try { return Sealing.Open(master.Bytes, row.Wrapped, DataKeyPlace); }
        catch (CryptographicException) { throw new CryptographicException($"Data key {row.Id} in the metadata store is damaged: master key {row.MasterKeyId} does not open it."); }
    }

    private void ReadAgain()
    {
        if (file is null) return;
        try { ring = file.Read(); }
        catch (StartupException problem) { throw new CryptographicException(problem.Message); }
    }

    private MasterKey? Find(string id) => ring.FirstOrDefault(k => k.Id == id);

    private string Describe() => file?.Path ?? "master.key in the data folder";
}
