using Assay.Server.Web.Requests;

namespace Assay.Server.Operations.HeatMap;

/// <summary>How many operations there were in a number of days.</summary>
internal sealed record HeatMapView(long TotalOperations, HeatMapRanges RangeMetrics, IReadOnlyList<OperationDay> DailyMetrics);

/// <summary>The least and the most of a day.</summary>
internal sealed record HeatMapRanges(FigureRange Operations);

/// <summary>A day with operations.</summary>
internal sealed record OperationDay(DateOnly Date, long Operations);
