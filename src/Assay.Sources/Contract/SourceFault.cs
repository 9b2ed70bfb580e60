namespace Assay.Sources.Contract;

/// <summary>Why a source could not be used: a closed set, so that clients and tests can rely on it.</summary>
public enum SourceFaultCode
{
    InvalidSettings,
    HostNotFound,
    HostNotAllowed,
    ConnectionRefused,
    TimedOut,
    TlsFailed,
    SignInFailed,
    CatalogNotFound,
    SchemaNotFound,
    NotFound,
    PermissionDenied,
    TooManyConnections,
    ConnectionLost,
    Unsupported,
    DriverMissing,
    NoRoom,
    SourceError,
}

/// <param name="Code">The kind of failure.</param>
/// <param name="Step">The step that failed, such as <c>sign in</c>.</param>
/// <param name="Message">What happened and what to do about it, in plain words. Never a driver's raw text, never a secret.</param>
public sealed record SourceFault(SourceFaultCode Code, string Step, string Message);

/// <summary>Ends a conversation with a source. Connectors throw it instead of their driver's exceptions; its message is safe to show.</summary>
public sealed class SourceException(SourceFault fault, Exception? inner = null) : Exception(fault.Message, inner)
{
    public SourceFault Fault { get; } = fault;
}
