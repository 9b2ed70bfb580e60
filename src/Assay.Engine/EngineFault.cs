namespace Assay.Engine;

/// <summary>The kinds of failure that callers tell apart.</summary>
public enum EngineFault
{
    /// <summary>Anything that has no kind of its own; the message says what.</summary>
    Other,

    /// <summary>The statement needs more memory than the engine may take.</summary>
    MemoryLimit,

    /// <summary>The statement took longer than allowed.</summary>
    Timeout,

    /// <summary>The statement was killed by somebody else.</summary>
    Cancelled,

    /// <summary>A value does not fit a type, or a type does not fit its use.</summary>
    BadType,

    /// <summary>Data that could not be parsed in its format.</summary>
    BadData,

    /// <summary>The statement's text is wrong.</summary>
    Syntax,

    /// <summary>There is no such table or database.</summary>
    UnknownTable,

    /// <summary>There is no such column or expression.</summary>
    UnknownColumn,

    /// <summary>The statement asks for something this engine does not have: a function, a setting, a format.</summary>
    Unsupported,

    /// <summary>A sub-query that stands for one value has several rows.</summary>
    SeveralRows,

    /// <summary>The source behind a table function does not answer.</summary>
    SourceUnreachable,

    /// <summary>The source behind a table function refuses: credentials, permission.</summary>
    SourceDenied,

    /// <summary>The source behind a table function answers, and there is no such file, bucket or table.</summary>
    SourceMissing,

    /// <summary>The engine refuses us: its user name or password is wrong, or a right is missing.</summary>
    AccessDenied,

    /// <summary>The engine's process went down while the statement ran. It is started again for the next one.</summary>
    EngineDied,

    /// <summary>The engine cannot be started or reached.</summary>
    EngineUnavailable,
}
