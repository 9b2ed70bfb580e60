namespace Assay.Quality.Profiling;

/// <summary>Samples of staged rows that are spread over all of them.</summary>
internal static class Sampling
{
    /// <summary>A condition that leaves about so many of the rows; empty where there are no more.</summary>
    public static string Where(long rows, long wanted) => rows <= wanted ? "" : $" WHERE rand() < {(long)(uint.MaxValue * Share(rows, wanted))}";

    /// <summary>About how many rows such a condition leaves.</summary>
    public static long Rows(long rows, long wanted) => (long)(rows * Share(rows, wanted));

    private static double Share(long rows, long wanted) => rows <= wanted ? 1 : (double)wanted / rows;
}
