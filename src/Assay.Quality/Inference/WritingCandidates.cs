using Assay.Quality.Profiling;

namespace Assay.Quality.Inference;

/// <summary>
/// How texts without a format are written: no blanks at the ends, a capital letter first, small letters or none, any letters at all. What nearly all values
/// keep is taken for a rule where exceptions are guessed; blanks at the ends of a few are a slip at any level.
/// </summary>
internal static class WritingCandidates
{
    private const double MostExceptions = 0.01;

    private const int LeastValues = 200;

    /// <summary>Exceptions to a way of writing are rarer than those to a format, and none recurs: else it is another way of writing.</summary>
    private const double MostUnusual = 0.005;

    private const int MostRecurring = 3;

    /// <param name="training">The rows.</param>
    /// <param name="field">The field.</param>
    /// <param name="shapes">The shapes of its values.</param>
    public static Candidate? Of(TrainingRows training, FieldProfile field, IReadOnlyList<ValueCount> shapes)
    {
        var written = shapes.Where(s => s.Value.Length > 0).ToList();
        var total = written.Sum(s => s.Count);
        if (total < LeastValues) return null;
        var guess = training.Tolerance > 0;
        var most = Math.Max(MostExceptions, training.Tolerance) * total;
        var trimmed = Breaks(written, IsTrimmed) is var (ends, same) && ends > 0 && ends <= most && same <= MostRecurring;
        bool Keeps(Func<string, bool> habit) => guess && Breaks(written, habit) is var (broken, most) && broken <= MostUnusual * total && most <= MostRecurring;
        var capital = Keeps(s => s[0] == 'A');
        var small = Keeps(s => s.Contains('a'));
        var capitals = Keeps(s => !s.Contains('a'));
        var wordy = Keeps(s => s.Any(char.IsLetter));
        if (!trimmed && !capital && !small && !capitals && !wordy) return null;
        // Blanks at the ends break the first habit only.
        trimmed |= Breaks(written, IsTrimmed).Rows == 0;
        var broken = Breaks(written, s => (!trimmed || IsTrimmed(s)) && (!capital || s[0] == 'A') && (!small || s[(capital ? 1 : 0)..].Contains('a'))
            && (!capitals || !s.Contains('a')) && (!wordy || s.Any(char.IsLetter))).Rows;
        if (broken > most) return null;
        string?[] habits =
        [
            trimmed ? "has no blanks at its ends" : null, capital ? "begins with a capital letter" : null, small ? "has small letters" : null,
            capitals ? "has no small letters" : null, wordy && !capital && !small ? "has letters" : null,
        ];
        // Empty texts are let through: others tell of them.
        var pattern = $"^(?:{Pattern(trimmed, capital, small, capitals, wordy)})?$";
        var said = habits.OfType<string>().ToList();
        var what = $"{field.Name} {(said.Count == 1 ? said[0] : $"{string.Join(", ", said.SkipLast(1))} and {said[^1]}")}";
        return Candidate.Of("matchesPattern", capital || small || capitals || wordy ? 4 : 2, what, [field.Name], ("pattern", pattern))
            .But(broken, total, "nearly all others are written that way");
    }

    /// <summary>How many values break a habit, and how many of the same shape do.</summary>
    private static (long Rows, long Most) Breaks(IReadOnlyList<ValueCount> shapes, Func<string, bool> habit) =>
        shapes.Where(s => !habit(s.Value)).Aggregate((Rows: 0L, Most: 0L), (sum, s) => (sum.Rows + s.Count, Math.Max(sum.Most, s.Count)));

    private static bool IsTrimmed(string shape) => !char.IsWhiteSpace(shape[0]) && !char.IsWhiteSpace(shape[^1]);

    private static string Pattern(bool trimmed, bool capital, bool small, bool capitals, bool wordy)
    {
        var any = capitals ? @"\P{Ll}" : @"[\s\S]";
        var end = trimmed ? capitals ? @"[^\s\p{Ll}]" : @"\S" : any;
        var has = small ? @"\p{Ll}" : capitals ? @"\p{Lu}" : @"\p{L}";
        var needs = small || wordy && !capital;
        var rest = $"(?:{any}*{end})?";
        if (capital) return needs ? $@"\p{{Lu}}{any}*{has}{rest}" : $@"\p{{Lu}}{rest}";
        return needs ? $"(?:{end}{any}*)?{has}{rest}" : $"{end}{rest}";
    }
}
