using System.Globalization;
using System.Text.RegularExpressions;
using Assay.Engine;
using Assay.Sources.Writing;

namespace Assay.Server.Operations.Materialize;

/// <summary>
/// A column of rows that lie in the engine, and how its values are written. The engine's type decides, not the field's: what the engine holds
/// in a type is never too large for it.
/// </summary>
/// <param name="Sql">The value to write, of a row that is called <see cref="Row"/>.</param>
internal sealed partial record CopiedColumn(TableColumn Column, string Sql)
{
    public const string Row = "copied";
    /// <summary>Digits that the engine's exact numbers have at most.</summary>
    private const int MostDigits = 76;

    /// <summary>One that holds the same text in each row.</summary>
    public static CopiedColumn Constant(string name, string text) => new(new TableColumn(name, TableType.Text), EngineLiteral.Quote(text));

    /// <param name="type">The engine's type, such as <c>Nullable(Decimal(12, 2))</c>.</param>
    public static CopiedColumn Of(string name, string type)
    {
        var value = $"{Row}.{EngineName.Quote(name)}";
        var bare = Bare(type);
        var head = bare.Split('(')[0];
        CopiedColumn As(TableType to, int? digits = null, int? scale = null) => new(new TableColumn(name, to, digits, scale), value);
        CopiedColumn AsText(string function) => new(new TableColumn(name, TableType.Text), $"{function}({value})");
        return head switch
        {
            "Int8" or "Int16" or "Int32" or "Int64" or "UInt8" or "UInt16" or "UInt32" => As(TableType.Integral),
            "UInt64" => As(TableType.Exact, 20, 0),
            "Int128" or "UInt128" => As(TableType.Exact, 39, 0),
            "Float32" or "Float64" or "BFloat16" => As(TableType.Fractional),
            "Decimal" when Digits().Match(bare) is { Success: true } found => As(TableType.Exact, Math.Min(MostDigits, Number(found.Groups[1])), Number(found.Groups[2])),
            "Bool" => As(TableType.Boolean),
            "Date" or "Date32" => As(TableType.Date),
            "DateTime" or "DateTime64" => As(TableType.Timestamp),
            "String" => As(TableType.Text),
            "Array" or "Tuple" or "Map" or "Nested" or "JSON" or "Object" or "Variant" or "Dynamic" => AsText("toJSONString"),
            _ => AsText("toString"),
        };
    }

    private static string Bare(string type)
    {
        foreach (var wrapper in new[] { "LowCardinality(", "Nullable(" })
            if (type.StartsWith(wrapper, StringComparison.Ordinal)) return Bare(type[wrapper.Length..^1]);
        return type;
    }

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^Decimal\((\d+), (\d+)\)$")]
    private static partial Regex Digits();
}
