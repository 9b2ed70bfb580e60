using System.Text.RegularExpressions;
using Assay.Engine;
using Assay.Quality.Expressions;

namespace Assay.Quality.Computed.Fields;

/// <summary>Names of companies without the words that only say what kind of company it is.</summary>
internal static class EntityNameField
{
    private const string Suffix = "drop_from_suffix", Prefix = "drop_from_prefix", Interior = "drop_from_interior", Drop = "terms_to_drop", Ignore = "terms_to_ignore";

    /// <summary>Legal forms, without the points that some write in them.</summary>
    private static readonly string[] Terms =
    [
        "ab", "ag", "as", "asa", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "kg", "kk", "limited", "llc", "llp", "lp", "ltd", "ltda",
        "nv", "oy", "oyj", "plc", "pte", "pty", "sa", "sarl", "sas", "se", "spa", "srl",
    ];

    public static FieldTransformation Spec { get; } = new("cleanedEntityName", "A company's name without terms such as Inc., Corp., LLC and Ltd.: TechCorp, Inc. is TechCorp.",
        FieldTransformation.Single, [FieldType.String],
    [
        new(Suffix, "flag", false, "Drop terms at the end; true unless another place is chosen."),
        new(Prefix, "flag", false, "Drop terms at the beginning."),
        new(Interior, "flag", false, "Drop terms in between."),
        new(Drop, "list", false, "Further terms to drop."),
        new(Ignore, "list", false, "Terms to leave."),
    ]);

    public static FormulaSql Write(FieldFormula formula, ExpressionColumn source)
    {
        if (formula.Fault(Spec) is { } fault) return new FormulaSql("", [], fault);
        var (prefix, interior) = (formula.Flag(Prefix) is true, formula.Flag(Interior) is true);
        var suffix = formula.Flag(Suffix) ?? !(prefix || interior);
        var ignored = formula.List(Ignore).Select(Plain).ToHashSet(StringComparer.Ordinal);
        var terms = Terms.Concat(formula.List(Drop).Select(Plain)).Where(t => t.Length > 0 && !ignored.Contains(t)).Distinct()
            .OrderByDescending(t => t.Length).ThenBy(t => t, StringComparer.Ordinal).Select(Pattern).ToList();
        var name = $"trimBoth(toString({source.Sql}))";
        if (terms.Count == 0) return FormulaSql.Of(name, source.Name);
        var any = $"(?:{string.Join('|', terms)})\\.?";
        var sql = name;
        if (suffix) sql = $"replaceRegexpOne({sql}, {EngineLiteral.Quote($@"(?i)(?:[\s,]+{any})+[\s,.]*$")}, '')";
        if (prefix) sql = $"replaceRegexpOne({sql}, {EngineLiteral.Quote($@"(?i)^(?:{any}[\s,]+)+")}, '')";
        if (interior) sql = $"replaceRegexpAll({sql}, {EngineLiteral.Quote($@"(?i)[\s,]+(?:{any}[\s,]+)+(\S)")}, {EngineLiteral.Quote(@" \1")})";
        return FormulaSql.Of($"trimBoth({sql}, ' ,')", source.Name);
    }

    private static string Plain(string term) => term.Trim().TrimEnd('.').ToLowerInvariant();

    /// <summary>A short form may be written with points: l.l.c. is llc.</summary>
    private static string Pattern(string term) => term.Length <= 4 && term.All(char.IsAsciiLetter) ? string.Join(@"\.?", term.AsEnumerable()) : Regex.Escape(term).Replace(@"\ ", @"\s+", StringComparison.Ordinal);
}
