using Assay.Server.Store;

namespace Assay.Server.Secrets.Rotation;

/// <summary>
/// A table that holds sealed texts, in a column called <c>ciphertext</c>. Whoever adds one registers its rows here, or a rotation
/// would leave them behind; a test looks for tables that nobody registered.
/// </summary>
internal interface ISealedRows
{
    Type Entity { get; }

    /// <summary>The next rows, in the order of their key, that were not sealed by the key of this prefix.</summary>
    /// <param name="after">The last row of the batch before; null for the first.</param>
    Task<IReadOnlyList<SealedRow>> ReadAsync(AssayDb db, SealedRow? after, string currentPrefix, int most, CancellationToken cancel);

    /// <summary>Puts a fresh text in the place of the one that was read.</summary>
    /// <returns>False where someone else wrote or removed it meanwhile.</returns>
    Task<bool> ReplaceAsync(AssayDb db, SealedRow row, string fresh, CancellationToken cancel);
}

/// <param name="Key">The id of the owning record, for tables that have one.</param>
/// <param name="Record">What the text is bound to.</param>
internal sealed record SealedRow(long Key, string Record, string Field, string Ciphertext);
