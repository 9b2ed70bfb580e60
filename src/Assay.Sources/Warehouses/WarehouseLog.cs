using Assay.Sources.Contract;
using Microsoft.Extensions.Logging;

namespace Assay.Sources.Warehouses;

/// <summary>Turns what went wrong into faults, and keeps the vendor's own words for whoever runs Assay.</summary>
internal sealed partial class WarehouseLog(ILogger<WarehouseLog> logger)
{
    private const int LongestText = 1000;

    public SourceFault Of(Exception failure, string step, WarehouseAccess access, WarehousePlace place)
    {
        var fault = WarehouseFaults.Of(failure, step, access, place);
        if (failure is not SourceException)
            Failed(access.Shown, fault.Step, fault.Code, Shortened((failure as WarehouseRefusal)?.Said ?? Texts(failure)));
        return fault;
    }

    /// <summary>Does something at a vendor; what fails there becomes a <see cref="SourceException"/>.</summary>
    public async Task<T> GuardAsync<T>(Func<Task<T>> work, string step, WarehouseAccess access, WarehousePlace place, CancellationToken cancel)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is not SourceException && !cancel.IsCancellationRequested)
        {
            throw new SourceException(Of(e, step, access, place), e);
        }
    }

    private static string Texts(Exception failure) => failure.InnerException is { } inner ? $"{failure.Message} > {Texts(inner)}" : failure.Message;

    private static string Shortened(string text) => text.Length > LongestText ? text[..LongestText] : text;

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Server}, step {Step}: {Code} {Text}")]
    private partial void Failed(string server, string step, SourceFaultCode code, string text);
}
