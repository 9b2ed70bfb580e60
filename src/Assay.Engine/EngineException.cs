namespace Assay.Engine;

/// <summary>A statement that the engine did not carry out.</summary>
public sealed class EngineException : Exception
{
    internal EngineException(EngineFault fault, string message, int? code = null, Exception? inner = null)
        : base(message, inner) => (Fault, Code) = (fault, code);

    /// <summary>What kind of failure it is.</summary>
    public EngineFault Fault { get; }

    /// <summary>The engine's own error number (ClickHouse's ErrorCodes), or null when the engine did not speak.</summary>
    public int? Code { get; }
}
