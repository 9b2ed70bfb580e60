using System.Data.Common;
using Assay.Sources.Contract;
using Assay.Sources.Reading;

namespace Assay.Sources.Sql.Reading;

/// <summary>
/// Reads a table through Assay's own session: one sequential SELECT in a read-only transaction, whose rows are streamed into the engine as
/// they come.
/// </summary>
internal sealed class SqlReads(SqlSource source, Func<SqlPlace, CancellationToken, Task<SqlSession>> open, SqlFaultLog faults)
{
    public EngineSource Describe(SqlPlace place, ContainerRead read, TimeSpan statementTimeout)
    {
        var dialect = source.DialectOf(place);
        var columns = StagedColumns.Chosen(read, SqlSteps.Rows).Select(dialect.Column).ToList();
        var select = SqlSelect.Write(dialect, place, read, columns);
        var staged = new StagedColumns([.. columns.Select(c => c.Column)], read);
        return new StagedSource(staged.OfEngine, "RowBinary", new Dictionary<string, object>(),
            (output, cancel) => CopyAsync(place, select, columns, read.PartitionColumn is not null, statementTimeout, output, cancel), staged.SelectAsync)
        {
            Bytes = staged.Bytes,
        };
    }

    private async Task CopyAsync(
        SqlPlace place, SqlStatement select, List<SqlColumn> columns, bool partition, TimeSpan timeout, Stream output, CancellationToken cancel)
    {
        await using var session = await open(place, cancel);
        try
        {
            await source.BeginReadingAsync(session, timeout, cancel);
            var (writer, dialect) = (new RowBinaryWriter(output), source.DialectOf(place));
            await foreach (var row in session.RowsAsync(select, timeout, cancel))
            {
                for (var i = 0; i < columns.Count; i++)
                    dialect.Write(writer, row, i, columns[i]);
                if (partition) SqlRowWriter.Write(writer, row, columns.Count, SqlValueKind.Text, FieldType.String);
                await writer.EndRowAsync(cancel);
            }
            await writer.FlushAsync(cancel);
        }
        // What the engine throws while it is written to is not the source's fault and passes as it is.
        catch (Exception e) when (e is DbException or TimeoutException or InvalidCastException or OverflowException or FormatException && !cancel.IsCancellationRequested)
        {
            throw new SourceException(faults.Of(source, e, SqlSteps.Rows, place), e);
        }
    }
}
