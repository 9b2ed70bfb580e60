using Assay.Samples.Postgres;
using Npgsql;

namespace Assay.Samples.Data;

/// <summary>Fills a PostgreSQL with real data: four databases with several schemas each, the same every time, within seconds.</summary>
public static class SampleLoader
{
    private const int Seconds = 120;

    /// <summary>The databases it makes.</summary>
    public static IReadOnlyList<string> Databases => [.. SampleDatabase.All.Select(d => d.Name)];

    /// <param name="files">The folder with the files of vega-datasets.</param>
    /// <exception cref="PostgresException">A database of one of the names is there already.</exception>
    public static Task LoadAsync(LocalPostgres server, string files, CancellationToken cancel = default) =>
        Task.WhenAll(SampleDatabase.All.Select(database => LoadAsync(server, database, files, cancel)));

    private static async Task LoadAsync(LocalPostgres server, SampleDatabase database, string files, CancellationToken cancel)
    {
        await server.RunSqlAsync("postgres", $"CREATE DATABASE {database.Name} TEMPLATE template0", cancel);
        await using var connection = new NpgsqlConnection(server.ConnectionStringFor(database.Name));
        await connection.OpenAsync(cancel);
        // One transaction: rows that go into tables it has made itself need no log.
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await RunAsync(connection, database.Script("tables"), cancel);
        foreach (var table in database.Tables)
            await CopyAsync(connection, table, Path.Combine(files, table.File), cancel);
        await RunAsync(connection, database.Script("finish"), cancel);
        await transaction.CommitAsync(cancel);
        await RunAsync(connection, "ANALYZE", cancel);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, SampleTable table, string path, CancellationToken cancel)
    {
        var extension = Path.GetExtension(path);
        var format = extension switch
        {
            ".csv" => "FORMAT csv, HEADER",
            ".tsv" => "FORMAT csv, HEADER, DELIMITER E'\\t'",
            _ => "FORMAT csv",
        };
        await using var file = File.OpenRead(path);
        await using var rows = await connection.BeginTextImportAsync($"COPY {table.Target} FROM STDIN ({format})", cancel);
        if (extension == ".json")
            await CsvRows.WriteAsync(file, table.Members, rows, cancel);
        else
            await CopyTextAsync(file, rows, cancel);
    }

    private static async Task CopyTextAsync(Stream file, TextWriter rows, CancellationToken cancel)
    {
        using var reader = new StreamReader(file);
        var buffer = new char[64 * 1024];
        while (await reader.ReadAsync(buffer, cancel) is > 0 and var read)
            await rows.WriteAsync(buffer.AsMemory(0, read), cancel);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = Seconds };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
