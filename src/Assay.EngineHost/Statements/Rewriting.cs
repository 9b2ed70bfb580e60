using System.Text;

namespace Assay.EngineHost.Statements;

/// <summary>
/// Points a statement's output or input at a pipe. The library's own streaming calls restart a format with every
/// block and take no streamed input; its INTO OUTFILE and FROM INFILE clauses do both correctly, with bounded memory.
/// </summary>
internal static class Rewriting
{
    internal static byte[] ToPipe(ReadOnlySpan<byte> text, Statement statement, string pipe, string format) =>
        [
            .. text[..statement.Cut],
            .. Encoding.UTF8.GetBytes($"\nINTO OUTFILE {Literal(pipe)} APPEND FORMAT {format} "),
            .. text[statement.Resume..statement.End],
        ];

    internal static byte[] FromPipe(ReadOnlySpan<byte> text, Statement statement, string pipe) =>
        [
            .. text[..statement.Cut],
            .. Encoding.UTF8.GetBytes($"\nFROM INFILE {Literal(pipe)} COMPRESSION 'none' "),
            .. text[statement.Cut..statement.End],
            .. Encoding.UTF8.GetBytes($"\nFORMAT {statement.Format}"),
        ];

    internal static string Literal(string value) => $"'{Escape(value).Replace("'", "\\'")}'";

    internal static string Name(string value) => $"`{Escape(value).Replace("`", "\\`")}`";

    private static string Escape(string value) => value.Replace("\\", "\\\\");
}
