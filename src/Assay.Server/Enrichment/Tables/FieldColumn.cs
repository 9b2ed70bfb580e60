using System.Text.RegularExpressions;
using Assay.Quality;
using Assay.Server.Fields;
using Assay.Sources.Writing;

namespace Assay.Server.Enrichment.Tables;

/// <summary>A container's field as a column of a table that Assay writes: the type that holds all of its values.</summary>
internal static partial class FieldColumn
{
    /// <summary>Digits of the exact numbers that every store and the engine have.</summary>
    private const int MostDigits = 38;
    /// <summary>Digits that always fit 64 bits.</summary>
    private const int DigitsOfInt64 = 18;
    /// <summary>What numbers are written with whose source does not say how many digits stand behind the point.</summary>
    private const int UsualScale = 10;

    public static TableColumn Of(Field field) => Of(field, field.Name);

    /// <param name="name">The column's name, where the store cannot have the field's.</param>
    public static TableColumn Of(Field field, string name) => Enum.Parse<FieldType>(field.Type) switch
    {
        FieldType.Integral => Whole(field, name),
        FieldType.Fractional => IsExact(field) ? Exact(field, name) : new(name, TableType.Fractional),
        FieldType.Boolean => new(name, TableType.Boolean),
        FieldType.Date => new(name, TableType.Date),
        FieldType.Timestamp => new(name, TableType.Timestamp),
        _ => new(name, TableType.Text), // arrays and structs as JSON
    };

    private static TableColumn Whole(Field field, string name) =>
        IsExact(field) && field.ColumnSize is null or > DigitsOfInt64 || IsWide(field) ? new(name, TableType.Exact, MostDigits, 0) : new(name, TableType.Integral);

    private static TableColumn Exact(Field field, string name) => (field.ColumnSize, field.DecimalDigits) switch
    {
        ( > MostDigits, _) => new(name, TableType.Text),
        ( > 0, >= 0) when field.DecimalDigits <= field.ColumnSize => new(name, TableType.Exact, (int)field.ColumnSize, (int)field.DecimalDigits),
        _ => new(name, TableType.Exact, MostDigits, UsualScale),
    };

    private static bool IsExact(Field field) => field.NativeType is { } native && ExactTypes().IsMatch(native);

    private static bool IsWide(Field field) => field.NativeType is { } native && WideTypes().IsMatch(native);

    [GeneratedRegex(@"^\W*(nullable\()?(numeric|decimal|dec|number|bignumeric|decfloat)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ExactTypes();

    // Whole numbers beyond 64 bits with a sign.
    [GeneratedRegex(@"u?int(128|256)|uint64|hugeint|ubigint|bigint.*unsigned", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WideTypes();
}
