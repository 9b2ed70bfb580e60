using Assay.Sources.Contract;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Assay.Sources.Postgres;

/// <summary>
/// Turns exceptions into faults and keeps what the driver said for whoever runs Assay. The driver is told to leave out details,
/// which could hold data; passwords are never part of its texts.
/// </summary>
internal sealed partial class PostgresFaultLog(ILogger<PostgresFaultLog> logger)
{
    /// <inheritdoc cref="PostgresFaults.Of"/>
    public SourceFault Of(Exception exception, string step, PostgresPlace place, SignInWatch? watch = null)
    {
        var fault = PostgresFaults.Of(exception, step, place, watch);
        if (exception is not SourceException)
            Failed(place.Server, fault.Step, fault.Code, (exception as PostgresException)?.SqlState, Texts(exception));
        return fault;
    }

    public SourceFault Of(PostgresSignInException exception, PostgresPlace place) =>
        Of(exception.InnerException!, exception.Step, place with { Database = exception.Database }, exception.Watch);

    private static string Texts(Exception exception) =>
        exception.InnerException is { } inner ? $"{exception.Message} > {Texts(inner)}" : exception.Message;

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "PostgreSQL at {Server}, step {Step}: {Code} {SqlState} {Text}")]
    private partial void Failed(string server, string step, SourceFaultCode code, string? sqlState, string text);
}
