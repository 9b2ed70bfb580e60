using Assay.Engine;

namespace Assay.Quality.Rules.Text;

/// <summary>What e-mail addresses, URLs and numbers of cards and persons look like, in the engine's words.</summary>
internal static class TextPatterns
{
    public static string Email { get; } = EngineLiteral.Quote(
        @"(?i)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}");

    public static string Url { get; } = EngineLiteral.Quote(@"(?i)\b(?:https?|ftps?|sftp)://[^\s/$.?#][^\s]*");

    /// <summary>16 digits, or 4 by 4 with dashes or blanks, or the 15 of American Express.</summary>
    public static string CreditCard { get; } = EngineLiteral.Quote(
        @"\b(?:\d{16}|\d{4}-\d{4}-\d{4}-\d{4}|\d{4} \d{4} \d{4} \d{4}|3[47]\d{13}|3[47]\d{2}-\d{6}-\d{5}|3[47]\d{2} \d{6} \d{5})\b");

    /// <summary>
    /// Nine digits, plain or 3-2-4 with dashes or blanks; not of area 000, 666 or 900 and above, group 00, serial 0000, nor one of the two
    /// that were printed on samples.
    /// </summary>
    public static string HoldsSocialSecurityNumber(string text) =>
        $"arrayExists(n -> NOT match(n, '^(000|666|9)') AND substring(n, 4, 2) != '00' AND substring(n, 6, 4) != '0000' AND n NOT IN ('078051120', '219099999'), "
        + $@"arrayMap(n -> replaceRegexpAll(n, '[- ]', ''), extractAll({text}, '\\b(?:\\d{{3}}-\\d{{2}}-\\d{{4}}|\\d{{3}} \\d{{2}} \\d{{4}}|\\d{{9}})\\b')))";

    /// <summary>13 to 19 digits, with blanks or dashes between them, whose Luhn sum is a multiple of ten.</summary>
    public static string IsCreditCard(string text)
    {
        var digits = $"replaceRegexpAll({text}, '[- ]', '')";
        return $@"(match({text}, '^\\d[\\d -]*\\d$') AND length({digits}) BETWEEN 13 AND 19 AND "
            + $"arraySum((d, i) -> if(i % 2 = 1, d, if(d > 4, 2 * d - 9, 2 * d)), arrayMap(c -> toUInt8OrZero(c), splitByString('', reverse({digits}))), "
            + $"arrayEnumerate(splitByString('', {digits}))) % 10 = 0)";
    }
}
