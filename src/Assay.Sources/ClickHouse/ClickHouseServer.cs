using System.Text;
using Assay.Engine;
using Assay.Sources.Contract;
using Assay.Sources.Network;
using Assay.Sources.Reading;
using Assay.Sources.Sql;

namespace Assay.Sources.ClickHouse;

/// <summary>A ClickHouse server as a source: statements whose answers are rows of text, which servers of any age can give.</summary>
internal sealed class ClickHouseServer(ClickHouseSettings settings, SqlPlace place, TimeSpan timeout, GuardedHttp http, TimeProvider time) : IDisposable
{
    private readonly RemoteEngine remote = EngineServices.Connect(settings.ToOptions(http), time);

    /// <summary>The statement with the limits of a source: it changes nothing and ends at its time limit.</summary>
    public EngineQuery Limited(string sql) =>
        new EngineQuery(sql).WithSetting("max_execution_time", (int)Math.Ceiling(timeout.TotalSeconds)).WithTimeout(timeout + TimeSpan.FromSeconds(2));

    public IEngine Client => remote.Client;

    /// <summary>Rows of text.</summary>
    /// <param name="database">Where names without a database are looked for; null for the user's own.</param>
    /// <exception cref="SourceException">The server does not answer, or refuses.</exception>
    public async Task<List<string[]>> RowsAsync(string sql, string step, CancellationToken cancel, string? database = null)
    {
        try
        {
            await using var answer = await remote.Client.DownloadAsync(database is null ? Limited(sql) : Limited(sql).In(database), "TabSeparated", cancel);
            using var reader = new StreamReader(answer, Encoding.UTF8);
            var rows = new List<string[]>();
            while (await reader.ReadLineAsync(cancel) is { } line)
                rows.Add([.. line.Split('\t').Select(TsvCells.Plain)]);
            return rows;
        }
        catch (Exception e) when (e is not SourceException && !cancel.IsCancellationRequested)
        {
            throw new SourceException(ClickHouseFaults.Of(e, step, place), e);
        }
    }

    public void Dispose() => remote.Dispose();
}
