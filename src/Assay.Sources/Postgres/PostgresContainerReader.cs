using Assay.Sources.Contract;
using Npgsql;

namespace Assay.Sources.Postgres;

/// <summary>Turns the rows of the listing statement into containers, one at a time.</summary>
internal sealed class PostgresContainerReader : IAsyncDisposable
{
    private readonly NpgsqlCommand command;
    private readonly NpgsqlDataReader reader;
    private readonly PostgresTypes types;

    private PostgresContainerReader(NpgsqlCommand command, NpgsqlDataReader reader, PostgresTypes types) =>
        (this.command, this.reader, this.types) = (command, reader, types);

    public static async Task<PostgresContainerReader> StartAsync(NpgsqlCommand command, PostgresTypes types, CancellationToken cancel) =>
        new(command, await command.ExecuteReaderAsync(cancel), types);

    /// <summary>The object id of the schema that the container last read is in.</summary>
    public uint Schema { get; private set; }

    /// <returns>The next container, or null after the last.</returns>
    public async Task<ContainerStructure?> NextAsync(CancellationToken cancel)
    {
        if (!await reader.ReadAsync(cancel))
        {
            await reader.CloseAsync();
            return null;
        }
        Schema = (uint)reader.GetInt64(13);
        var numbers = Array<short>(4);
        var names = Array<string>(3);
        var byNumber = numbers.Zip(names).ToDictionary(field => field.First, field => field.Second);
        var rows = reader.IsDBNull(12) ? (double?)null : reader.GetDouble(12);
        return new ContainerStructure
        {
            Name = reader.GetString(0),
            Kind = KindOf(reader.GetString(1)),
            Remarks = reader.IsDBNull(2) ? null : reader.GetString(2),
            Rows = (long?)rows,
            RowsQuality = rows is null ? CountQuality.Unknown : CountQuality.Estimate,
            Fields = ReadFields(names, numbers),
            Keys = reader.IsDBNull(10) ? [] : PostgresParts.Keys(reader.GetString(10), byNumber),
            Partitions = reader.IsDBNull(11) ? [] : PostgresParts.Partitions(reader.GetString(11)),
        };
    }

    /// <summary>Asks the server to stop.</summary>
    public void Cancel() => command.Cancel();

    public async ValueTask DisposeAsync()
    {
        try
        {
            await reader.DisposeAsync();
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
        {
            // The answer to Cancel, or a broken line; whoever stopped early wants neither.
        }
        await command.DisposeAsync();
    }

    private FieldStructure[] ReadFields(string[] names, short[] numbers)
    {
        var (ids, modifiers, natives, required, remarks) = (Array<long>(5), Array<int>(6), Array<string>(7), Array<bool>(8), Array<string?>(9));
        var fields = new FieldStructure[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            var type = types.Describe((uint)ids[i], modifiers[i], natives[i]);
            fields[i] = new FieldStructure(names[i], numbers[i], type.Type, natives[i], !required[i] && !type.NotNull, type.Size, type.Digits, remarks[i])
            {
                ElementType = type.Element,
            };
        }
        return fields;
    }

    /// <summary>A table without columns has null where others have arrays.</summary>
    private T[] Array<T>(int column) => reader.IsDBNull(column) ? [] : reader.GetFieldValue<T[]>(column);

    private static ContainerKind KindOf(string kind) => kind switch
    {
        "v" => ContainerKind.View,
        "m" => ContainerKind.MaterializedView,
        "f" => ContainerKind.ForeignTable,
        _ => ContainerKind.Table,
    };
}
