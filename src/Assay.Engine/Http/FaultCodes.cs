namespace Assay.Engine.Http;

/// <summary>The kinds of failure by the numbers of ClickHouse's ErrorCodes.cpp.</summary>
internal static class FaultCodes
{
    internal static EngineFault Of(int code, string text) => code switch
    {
        241 => EngineFault.MemoryLimit, // MEMORY_LIMIT_EXCEEDED
        159 or 160 => EngineFault.Timeout, // TIMEOUT_EXCEEDED, TOO_SLOW
        394 or 236 => EngineFault.Cancelled, // QUERY_WAS_CANCELLED, ABORTED
        43 or 53 or 70 or 44 or 349 or 407 or 69 or 50 => EngineFault.BadType, // ILLEGAL_TYPE_OF_ARGUMENT, TYPE_MISMATCH, CANNOT_CONVERT_TYPE, ILLEGAL_COLUMN, CANNOT_INSERT_NULL..., DECIMAL_OVERFLOW, ARGUMENT_OUT_OF_BOUND, UNKNOWN_TYPE
        36 or 636 when Missing(text) => EngineFault.SourceMissing,
        6 or 25 or 26 or 27 or 32 or 33 or 38 or 41 or 72 or 117 or 130 or 131 or 190 or 246 or 467 or 596 or 636 or 692 or 1002
            => EngineFault.BadData, // CANNOT_PARSE_*, ATTEMPT_TO_READ_AFTER_EOF, CANNOT_READ_ALL_DATA, INCORRECT_DATA, CORRUPTED_DATA, CANNOT_EXTRACT_TABLE_STRUCTURE
        62 or 36 or 42 or 456 or 457 => EngineFault.Syntax, // SYNTAX_ERROR, BAD_ARGUMENTS, NUMBER_OF_ARGUMENTS_DOESNT_MATCH, query parameters
        60 or 81 => EngineFault.UnknownTable, // UNKNOWN_TABLE, UNKNOWN_DATABASE
        47 or 16 => EngineFault.UnknownColumn, // UNKNOWN_IDENTIFIER, NO_SUCH_COLUMN_IN_TABLE
        46 or 48 or 63 or 73 or 115 => EngineFault.Unsupported, // UNKNOWN_FUNCTION, NOT_IMPLEMENTED, UNKNOWN_AGGREGATE_FUNCTION, UNKNOWN_FORMAT, UNKNOWN_SETTING
        125 => EngineFault.SeveralRows, // INCORRECT_RESULT_OF_SCALAR_SUBQUERY
        192 or 193 or 194 or 497 or 516 => EngineFault.AccessDenied, // UNKNOWN_USER, WRONG_PASSWORD, REQUIRED_PASSWORD, ACCESS_DENIED, AUTHENTICATION_FAILED
        107 or 76 or 400 => EngineFault.SourceMissing, // FILE_DOESNT_EXIST, CANNOT_OPEN_FILE, CANNOT_STAT
        198 or 209 or 210 or 279 or 614 or 86 => OfSource(text), // DNS_ERROR, SOCKET_TIMEOUT, NETWORK_ERROR, ALL_CONNECTION_TRIES_FAILED, POSTGRESQL_CONNECTION_FAILURE, RECEIVED_ERROR_FROM_REMOTE_IO_SERVER
        499 or 708 or 1001 or 1000 => OfSource(text), // S3_ERROR, AZURE_BLOB_STORAGE_ERROR, STD_EXCEPTION, POCO_EXCEPTION
        _ => EngineFault.Other,
    };

    /// <summary>A source's refusals share one number; only its own words tell them apart.</summary>
    private static EngineFault OfSource(string text) =>
        Says(text, "Access Denied", "AccessDenied", "Forbidden", "403", "InvalidAccessKeyId", "SignatureDoesNotMatch", "AuthenticationFailed", "AuthorizationFailure", "password authentication failed", "no pg_hba.conf entry", "permission denied")
            ? EngineFault.SourceDenied
        : Missing(text) ? EngineFault.SourceMissing
        : Says(text, "Connection refused", "onnection", "Host not found", "timed out", "Timeout", "Network", "resolve", "DNS", "unreachable", "SSL")
            ? EngineFault.SourceUnreachable
        : EngineFault.Other;

    private static bool Missing(string text) => Says(text, "NoSuchBucket", "NoSuchKey", "The specified key does not exist", "ContainerNotFound", "BlobNotFound", "404", "no files with provided path", "relation \"");

    private static bool Says(string text, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
