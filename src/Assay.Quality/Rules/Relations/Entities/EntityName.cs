using System.Text;

namespace Assay.Quality.Rules.Relations.Entities;

/// <summary>Names without what does not tell entities apart.</summary>
internal static class EntityName
{
    /// <summary>Lower case, letters and digits only, words separated by one blank.</summary>
    public static string Plain(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in name.ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c)) text.Append(c);
            else if (c is not ('\'' or '’' or '.') && text.Length > 0 && text[^1] != ' ') text.Append(' ');
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>The American Soundex code of each word.</summary>
    public static string Sound(string plain) => string.Join(' ', plain.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Soundex));

    private static string Soundex(string word)
    {
        if (!char.IsAsciiLetter(word[0])) return word;
        var code = new StringBuilder().Append(char.ToUpperInvariant(word[0]));
        var last = Digit(word[0]);
        foreach (var c in word.AsSpan(1))
        {
            var digit = Digit(c);
            if (digit > '0' && digit != last) code.Append(digit);
            // H and W do not separate equal sounds, vowels do.
            if (c is not ('h' or 'w')) last = digit;
            if (code.Length == 4) break;
        }

        return code.ToString().PadRight(4, '0');
    }

    private static char Digit(char c) => c switch
    {
        'b' or 'f' or 'p' or 'v' => '1',
        'c' or 'g' or 'j' or 'k' or 'q' or 's' or 'x' or 'z' => '2',
        'd' or 't' => '3',
        'l' => '4',
        'm' or 'n' => '5',
        'r' => '6',
        _ => '0',
    };
}
