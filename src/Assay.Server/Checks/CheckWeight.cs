namespace Assay.Server.Checks;

/// <summary>How much a check matters: by its rule, by who made it, by what it has found, and by the tags on it and its container.</summary>
internal static class CheckWeight
{
    private static readonly HashSet<string> Heavy = new(StringComparer.Ordinal)
    {
        "entityResolution", "expectedSchema", "matchesPattern", "predictedBy", "satisfiesExpression", "containsSocialSecurityNumber", "timeDistributionSize",
        "userDefinedFunction", "dataDiff", "isReplicaOf", "metric", "aggregationComparison", "isAddress",
    };

    private static readonly HashSet<string> Light = new(StringComparer.Ordinal)
    {
        "afterDateTime", "beforeDateTime", "distinctCount", "fieldCount", "isType", "maxLength", "maxValue", "minLength", "minValue", "notNegative", "notNull", "positive", "sum",
    };

    /// <summary>
    /// The least weight of an important check. Unless tags say otherwise, that is one that somebody wrote or that has found something: others weigh 3 at most.
    /// </summary>
    public const long Important = 7;

    /// <summary>1 to 3. Rules that the contract does not weigh count as the middle.</summary>
    public static long OfRule(string rule) => Heavy.Contains(rule) ? 3 : Light.Contains(rule) ? 1 : 2;

    /// <param name="modifiers">The weight modifiers of the tags on the check and on its container, summed.</param>
    public static long Of(string rule, bool inferred, bool hasAnomalies, long modifiers) =>
        OfRule(rule) + (inferred, hasAnomalies) switch { (false, true) => 12, (false, false) => 9, (true, true) => 6, _ => 0 } + modifiers;
}
