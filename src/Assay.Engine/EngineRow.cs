using System.Text;

namespace Assay.Engine;

/// <summary>A column of a result.</summary>
/// <param name="Name">Its name, not quoted.</param>
/// <param name="Type">The engine's name of its type, for example <c>Nullable(Decimal(18, 2))</c>.</param>
public sealed record EngineColumn(string Name, string Type);

/// <summary>
/// A row of a result. Values by the engine's type: integers as the .NET integer of their width (128 bits included), 256 bits
/// as <see cref="System.Numerics.BigInteger"/>; Float as float and double; Decimal as <see cref="decimal"/> up to 28 digits, as
/// <see cref="EngineDecimal"/> above; String and FixedString as string, or as byte[] where the bytes are not UTF-8; Date as
/// <see cref="DateOnly"/>; DateTime and DateTime64 as <see cref="DateTimeOffset"/> in UTC, with more than seven digits as
/// <see cref="EngineTimestamp"/>; Time as <see cref="TimeSpan"/>; UUID as <see cref="Guid"/>; IPv4 and IPv6 as
/// <see cref="System.Net.IPAddress"/>; Enum as its name; Array and Tuple as object?[]; Map as KeyValuePair&lt;object, object?&gt;[];
/// JSON as string; NULL as null.
/// </summary>
public sealed class EngineRow
{
    private readonly IReadOnlyList<EngineColumn> _columns;
    private readonly object?[] _values;

    internal EngineRow(IReadOnlyList<EngineColumn> columns, object?[] values) => (_columns, _values) = (columns, values);

    /// <summary>The values in the order of the columns.</summary>
    public IReadOnlyList<object?> Values => _values;

    /// <summary>The columns.</summary>
    public IReadOnlyList<EngineColumn> Columns => _columns;

    /// <summary>The value at a position from 0.</summary>
    public object? this[int position] => _values[position];

    /// <summary>The value of the first column of that name.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public object? this[string column]
    {
        get
        {
            for (var i = 0; i < _columns.Count; i++)
            {
                if (_columns[i].Name == column)
                    return _values[i];
            }

            throw new ArgumentException($"The result has no column {column}.", nameof(column));
        }
    }

    /// <summary>The value as a .NET type, converted between numbers where nothing is lost; null for NULL where the type has one.</summary>
    /// <exception cref="InvalidCastException">The value is of another kind.</exception>
    /// <exception cref="OverflowException">The number does not fit.</exception>
    public T Get<T>(int position) => ValueConversion.To<T>(_values[position]);

    /// <inheritdoc cref="Get{T}(int)"/>
    public T Get<T>(string column) => ValueConversion.To<T>(this[column]);

    /// <summary>A String as text; bytes that are not UTF-8 become the replacement character.</summary>
    public string? GetText(int position) => _values[position] switch
    {
        null => null,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        var value => (string)value,
    };
}
