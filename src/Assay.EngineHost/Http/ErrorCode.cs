using System.Text.RegularExpressions;

namespace Assay.EngineHost.Http;

/// <summary>ClickHouse's error numbers, and the HTTP status its server gives them.</summary>
internal static partial class ErrorCode
{
    internal static int Of(string error) =>
        Start().Match(error) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan) : 1001;

    /// <summary>As ClickHouse's exceptionCodeToHTTPStatus, for the codes the engine can give.</summary>
    internal static int Status(int code) => code switch
    {
        194 => StatusCodes.Status401Unauthorized, // REQUIRED_PASSWORD
        192 or 193 or 516 => StatusCodes.Status403Forbidden, // UNKNOWN_USER, WRONG_PASSWORD, AUTHENTICATION_FAILED
        6 or 25 or 26 or 27 or 36 or 38 or 41 or 42 or 43 or 44 or 53 or 62 or 69 or 70 or 72 or 117 or 420 or 427 or 456 or 457
            => StatusCodes.Status400BadRequest, // CANNOT_PARSE_*, BAD_ARGUMENTS, ILLEGAL_*, TYPE_MISMATCH, SYNTAX_ERROR, INCORRECT_DATA, query parameters
        125 or 166 or 167 or 168 => StatusCodes.Status400BadRequest, // the AST is too deep, too big or odd
        46 or 47 or 50 or 56 or 60 or 63 or 73 or 81 or 102 or 115 or 336 or 511 => StatusCodes.Status404NotFound, // UNKNOWN_*
        159 or 160 => StatusCodes.Status408RequestTimeout, // TIMEOUT_EXCEEDED, TOO_SLOW
        223 => StatusCodes.Status413PayloadTooLarge, // QUERY_IS_TOO_LARGE
        48 => StatusCodes.Status501NotImplemented, // NOT_IMPLEMENTED
        209 or 76 or 439 => StatusCodes.Status503ServiceUnavailable, // SOCKET_TIMEOUT, CANNOT_OPEN_FILE, CANNOT_SCHEDULE_TASK
        _ => StatusCodes.Status500InternalServerError,
    };

    [GeneratedRegex(@"^Code: (\d+)\.")]
    private static partial Regex Start();
}
