namespace Assay.Sources.Files.Stores;

/// <summary>One file or object as a listing shows it.</summary>
/// <param name="Key">The full key in the bucket, or the path under the files root; no slash in front.</param>
/// <param name="Size">Bytes.</param>
internal sealed record StoredFile(string Key, long Size, DateTimeOffset? Modified);
