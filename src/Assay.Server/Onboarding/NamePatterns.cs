using System.Diagnostics;
using System.Text.RegularExpressions;
using Assay.Server.Web.Responses;

namespace Assay.Server.Onboarding;

/// <summary>
/// Picks names by regular expressions: those that match one of <c>include</c> (all where there is none) and none of <c>exclude</c>.
/// A pattern matches anywhere in a name unless it is anchored. No pattern, however it is made, costs more than <see cref="InAll"/>.
/// </summary>
internal sealed class NamePatterns
{
    public const int MostPatterns = 50;
    public const int MostCharacters = 1000;

    // Wide, since they are of the wall's clock: on a machine that is busy with other things, a harmless pattern waits, too.
    private static readonly TimeSpan PerName = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan InAll = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<Pattern> include, exclude;

    private NamePatterns(IReadOnlyList<Pattern> include, IReadOnlyList<Pattern> exclude) => (this.include, this.exclude) = (include, exclude);

    /// <param name="place"><c>body</c> or <c>query</c>, for errors.</param>
    /// <returns>The patterns; a 422 that names each that is no regular expression.</returns>
    public static Outcome<NamePatterns> Of(IReadOnlyList<string>? include, IReadOnlyList<string>? exclude, string place)
    {
        var errors = new List<FieldError>();
        var patterns = new NamePatterns(Compile(include, [place, "include"], errors), Compile(exclude, [place, "exclude"], errors));
        return errors.Count > 0 ? Failure.Invalid(errors) : patterns;
    }

    /// <returns>The items whose names are picked, in their order; a 422 for a pattern that takes too long.</returns>
    public Outcome<IReadOnlyList<T>> Pick<T>(IReadOnlyList<T> items, Func<T, string> name)
    {
        var watch = Stopwatch.StartNew();
        var current = default(Pattern);
        try
        {
            return items.Where(item => (include.Count == 0 || include.Any(p => Matches(p, name(item)))) && !exclude.Any(p => Matches(p, name(item)))).ToArray();
        }
        catch (RegexMatchTimeoutException)
        {
            return Failure.Invalid(new FieldError(current!.Loc, "The pattern takes too long on these names; make it simpler", "pattern_too_slow"));
        }

        bool Matches(Pattern pattern, string text)
        {
            current = pattern;
            return watch.Elapsed < InAll ? pattern.Regex.IsMatch(text) : throw new RegexMatchTimeoutException();
        }
    }

    private static Pattern[] Compile(IReadOnlyList<string>? texts, object[] loc, List<FieldError> errors)
    {
        var patterns = new List<Pattern>();
        for (var i = 0; i < (texts?.Count ?? 0); i++)
        {
            object[] here = [.. loc, i];
            try { patterns.Add(new Pattern(Compile(texts![i]), here)); }
            catch (RegexParseException problem)
            {
                errors.Add(new FieldError(here, $"Not a regular expression: {problem.Error} at character {problem.Offset + 1}", "pattern_invalid"));
            }
        }
        return [.. patterns];
    }

    private static Regex Compile(string text)
    {
        try
        {
            return new Regex(text, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, InAll);
        }
        catch (NotSupportedException)
        {
            // Look-arounds and back-references, and patterns that would make too large a machine: those may backtrack, against the clock.
            return new Regex(text, RegexOptions.CultureInvariant, PerName);
        }
    }

    private sealed record Pattern(Regex Regex, object[] Loc);
}
