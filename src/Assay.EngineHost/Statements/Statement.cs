namespace Assay.EngineHost.Statements;

/// <summary>How a statement has to be run.</summary>
internal enum StatementKind
{
    /// <summary>Not enough text yet to tell.</summary>
    Unfinished,

    /// <summary>Gives rows: its output goes through a pipe.</summary>
    Rows,

    /// <summary>INSERT whose data follows the statement: the data comes through a pipe.</summary>
    InsertData,

    /// <summary>Everything else: run as it stands.</summary>
    Plain,
}

/// <summary>Where a statement's clauses are, in bytes from the start of the text.</summary>
/// <param name="Format">The format it names itself, or null.</param>
/// <param name="Cut">Where an INTO OUTFILE or FROM INFILE clause belongs.</param>
/// <param name="Resume">Where the text goes on after that clause and the FORMAT clause.</param>
/// <param name="End">Where the statement ends.</param>
/// <param name="Data">Where the data of an INSERT starts.</param>
/// <param name="Verb">The first word in capitals.</param>
/// <param name="Refusal">Why the host does not run it, or null.</param>
internal sealed record Statement(StatementKind Kind, string Verb, string? Format = null, int Cut = 0, int Resume = 0, int End = 0,
    int Data = 0, Refusal? Refusal = null)
{
    internal static Statement Refused(string verb, int code, string name, string reason) =>
        new(StatementKind.Plain, verb, Refusal: new(code, name, reason));
}

/// <summary>An error of the host's own, in the engine's shape.</summary>
internal sealed record Refusal(int Code, string Name, string Reason)
{
    internal string Text => $"Code: {Code}. DB::Exception: {Reason} ({Name})";
}
