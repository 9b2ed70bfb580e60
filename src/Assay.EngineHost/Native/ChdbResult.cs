namespace Assay.EngineHost.Native;

/// <summary>What the library said of one statement.</summary>
/// <param name="Error">The engine's own text, "Code: 60. DB::Exception: ... (UNKNOWN_TABLE)", or null.</param>
/// <param name="Output">Output that did not go to a pipe; empty for most statements.</param>
/// <param name="ResultRows">Rows of the result.</param>
/// <param name="ReadRows">Rows read from tables.</param>
internal sealed record ChdbResult(string? Error, byte[] Output, ulong ResultRows, ulong ReadRows, ulong ReadBytes,
    ulong WrittenRows, ulong WrittenBytes, TimeSpan Elapsed)
{
    internal static ChdbResult Failed(string error) => new(error, [], 0, 0, 0, 0, 0, TimeSpan.Zero);
}

/// <summary>A value for a <c>{name:Type}</c> placeholder, as the bytes the engine parses (escaped like a TSV field).</summary>
internal sealed record QueryParameter(byte[] Name, byte[] Value);
