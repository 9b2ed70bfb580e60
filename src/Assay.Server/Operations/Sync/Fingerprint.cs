using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Assay.Sources.Contract;

namespace Assay.Server.Operations.Sync;

/// <summary>
/// A container's structure in few bytes, in two parts: its own (kind, comment, fields, keys, file format) and its partitions'.
/// The container's name is no part of it, so that a renamed table keeps its fingerprint.
/// </summary>
internal readonly record struct Fingerprint(string Structure, string Partitions)
{
    /// <summary>Stands first in what is hashed; a change of what goes in makes every container be looked at once.</summary>
    private const string Version = "1";

    public static Fingerprint Of(ContainerStructure container)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, Version);
        Add(hash, container.Kind.ToString());
        Add(hash, container.Remarks);
        foreach (var field in container.Fields) AddField(hash, field);
        foreach (var key in container.Keys) AddKey(hash, key);
        if (container.File is { } file) Add(hash, file.ToString());
        var structure = Take(hash);
        foreach (var part in container.Partitions)
        {
            Add(hash, part.Name);
            Add(hash, part.Location);
            Add(hash, part.Size?.ToString());
            Add(hash, part.Modified?.UtcTicks.ToString());
        }
        return new Fingerprint(structure, container.Partitions.Count == 0 ? "" : Take(hash));
    }

    public static Fingerprint Parse(string stored) =>
        stored.Split(':') is [var structure, var partitions] ? new(structure, partitions) : new("", "");

    public override string ToString() => $"{Structure}:{Partitions}";

    private static void AddField(IncrementalHash hash, FieldStructure field)
    {
        Add(hash, field.Name);
        Add(hash, field.Ordinal.ToString());
        Add(hash, field.Type.ToString());
        Add(hash, field.ElementType?.ToString());
        Add(hash, field.NativeType);
        Add(hash, field.Nullable?.ToString());
        Add(hash, field.Size?.ToString());
        Add(hash, field.Digits?.ToString());
        Add(hash, field.Remarks);
    }

    private static void AddKey(IncrementalHash hash, KeyStructure key)
    {
        Add(hash, key.Kind.ToString());
        Add(hash, key.Name);
        Add(hash, key.ReferencedSchema);
        Add(hash, key.ReferencedContainer);
        foreach (var field in key.Fields) Add(hash, field);
        Add(hash, null);
        foreach (var field in key.ReferencedFields) Add(hash, field);
    }

    /// <summary>Adds a text with its length, so that no two sequences of texts look alike.</summary>
    private static void Add(IncrementalHash hash, string? text)
    {
        Span<byte> length = stackalloc byte[4];
        BitConverter.TryWriteBytes(length, text?.Length ?? -1);
        hash.AppendData(length);
        if (text is null) return;
        Span<byte> bytes = text.Length <= 170 ? stackalloc byte[512] : new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        hash.AppendData(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    private static string Take(IncrementalHash hash)
    {
        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        return Base64Url.EncodeToString(digest[..16]);
    }
}
