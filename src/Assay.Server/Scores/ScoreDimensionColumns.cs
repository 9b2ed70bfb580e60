using Assay.Quality.Scores;
using Assay.Server.Web;

namespace Assay.Server.Scores;

/// <summary>How the stored scores name the eight dimensions.</summary>
internal static class ScoreDimensionColumns
{
    public static readonly IReadOnlyList<Dimension> All = Enum.GetValues<Dimension>();

    public static string Column(this Dimension dimension) => Json.Name(dimension.ToString());
}
