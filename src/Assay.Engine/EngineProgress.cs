namespace Assay.Engine;

/// <summary>How far a running statement has got.</summary>
/// <param name="ReadRows">Rows read so far.</param>
/// <param name="ReadBytes">Uncompressed bytes read so far.</param>
/// <param name="TotalRows">Rows to read altogether as the engine estimates it; 0 when it cannot.</param>
/// <param name="WrittenRows">Rows written so far.</param>
/// <param name="MemoryBytes">Memory the statement holds now, in bytes.</param>
/// <param name="Elapsed">Time since the start.</param>
public sealed record EngineProgress(ulong ReadRows, ulong ReadBytes, ulong TotalRows, ulong WrittenRows, long MemoryBytes, TimeSpan Elapsed);

/// <summary>What a finished statement did. All zero where an old server does not say.</summary>
/// <param name="ReadRows">Rows read from tables and table functions.</param>
/// <param name="ReadBytes">Uncompressed bytes read.</param>
/// <param name="WrittenRows">Rows written.</param>
/// <param name="WrittenBytes">Uncompressed bytes written.</param>
/// <param name="ResultRows">Rows of the result.</param>
public sealed record EngineSummary(ulong ReadRows, ulong ReadBytes, ulong WrittenRows, ulong WrittenBytes, ulong ResultRows);
