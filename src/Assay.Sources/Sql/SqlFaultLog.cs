using Assay.Sources.Contract;
using Microsoft.Extensions.Logging;

namespace Assay.Sources.Sql;

/// <summary>Turns exceptions into faults and keeps what the driver said for whoever runs Assay.</summary>
internal sealed partial class SqlFaultLog(ILogger<SqlFaultLog> logger)
{
    public SourceFault Of(SqlSource source, Exception exception, string step, SqlPlace place)
    {
        var fault = exception is SourceException known ? known.Fault : source.FaultOf(exception, step, place);
        if (exception is not SourceException)
            Failed(source.Spec.Type, place.Server, fault.Step, fault.Code, Texts(exception, place));
        return fault;
    }

    /// <summary>Some drivers repeat settings in their texts; the password is taken out wherever it stands.</summary>
    private static string Texts(Exception exception, SqlPlace place)
    {
        var text = exception.InnerException is { } inner ? $"{exception.Message} > {Texts(inner, place)}" : exception.Message;
        return place.Connection.Password?.Reveal() is { Length: > 0 } password ? text.Replace(password, "***", StringComparison.Ordinal) : text;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Type} at {Server}, step {Step}: {Code} {Text}")]
    private partial void Failed(string type, string server, string step, SourceFaultCode code, string text);
}
