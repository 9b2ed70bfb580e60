namespace Assay.Server.Profiles;

/// <summary>How large and how fresh a container was, the latest of a day.</summary>
/// <param name="RowCount">Rows; null where volume is not tracked.</param>
/// <param name="SizeBytes">Bytes of its files; null for tables.</param>
/// <param name="LastModificationTime">The latest change of its files, or the latest value of its incremental field; null where freshness is not tracked.</param>
internal sealed record MeasurementView(long Id, DateTime Created, DateTime MeasurementTime, DateTime? LastModificationTime, long? RowCount, long? SizeBytes);
