using Assay.Sources.Contract;
using Assay.Sources.Writing;
using Assay.Sources.Writing.Tables;
using Microsoft.Extensions.Options;

namespace Assay.Sources.Sql.Writing;

/// <summary>A connector for a database that can be an enrichment store.</summary>
internal sealed class WritableSqlConnector(SqlSource source, SqlFaultLog faults, IOptions<SourcesOptions> options, TimeProvider time)
    : SqlConnector(source, faults, options, time), IWritable
{
    private readonly SqlSource source = source;
    private readonly SqlFaultLog faults = faults;

    public async Task<ITableWriter> OpenWriterAsync(SourceTarget target, CancellationToken cancel)
    {
        var (place, timeout) = (PlaceOf(target), TimeoutOf(PlaceOf(target)));
        var session = await OpenAsync(place, source.OpenForWritingAsync, cancel);
        var line = new SqlLine(source, session, place, faults, timeout);
        try
        {
            await line.GuardedAsync(WriteSteps.Prepare, async () =>
            {
                await source.BeginWritingAsync(session, timeout, cancel);
                return true;
            }, cancel);
            return new TransactionalWriter(line, source.TablesOf(place)!, source.InserterOf(line));
        }
        catch
        {
            await line.DisposeAsync();
            throw;
        }
    }
}
