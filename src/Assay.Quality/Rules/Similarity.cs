namespace Assay.Quality.Rules;

/// <summary>How alike two texts are spelled.</summary>
internal static class Similarity
{
    /// <summary>1 for equal texts, 0 for texts that share nothing: 1 - edits / length of the longer.</summary>
    public static double Of(string a, string b) => a.Length + b.Length == 0 ? 1 : 1 - (double)Edits(a, b) / Math.Max(a.Length, b.Length);

    /// <summary>Characters to insert, delete or replace to turn one into the other.</summary>
    public static int Edits(string a, string b)
    {
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
