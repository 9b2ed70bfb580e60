namespace Assay.Server.Anomalies;

/// <summary>The states of an anomaly, as the API spells them.</summary>
internal static class AnomalyStatus
{
    public const string Active = "Active";
    public const string Acknowledged = "Acknowledged";
    public const string Resolved = "Resolved";
    public const string Duplicate = "Duplicate";
    public const string Invalid = "Invalid";
    public const string Discarded = "Discarded";

    public static bool IsOpen(string status) => status is Active or Acknowledged;
}
