using System.Text;

namespace Assay.Sources.Warehouses;

/// <summary>Identifiers in backticks, texts with escapes by backslash.</summary>
internal abstract class BacktickDialect : CommonDialect
{
    public override string Quote(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    public override string Chance => "rand()";

    public override string Text(string value)
    {
        var text = new StringBuilder("'");
        foreach (var c in value)
            text.Append(c switch { '\\' => "\\\\", '\'' => "\\'", '\n' => "\\n", '\r' => "\\r", _ => c.ToString() });
        return text.Append('\'').ToString();
    }
}
