using Assay.Server.Web.Requests;

namespace Assay.Server.Checks.Writes;

/// <summary>A check as a request wants it, before it is known to be possible.</summary>
/// <param name="ContainerId">Null for templates.</param>
/// <param name="Fields">As they were named; null for none.</param>
/// <param name="Properties">The JSON object as it came; null for none.</param>
internal sealed record CheckPlan(
    long? ContainerId, string Rule, IReadOnlyList<NameOrId> Fields, double? Coverage, string? Filter, string? Properties, string? MessageField, string Status)
{
    /// <summary>Where in the request it stood.</summary>
    public required IReadOnlyList<object> Loc { get; init; }

    /// <summary>The users that it names, with the members that name them.</summary>
    public IReadOnlyList<(string Member, long Id)> People { get; init; } = [];

    /// <summary>Texts for the variables in its expressions.</summary>
    public IReadOnlyDictionary<string, string>? Variables { get; init; }

    /// <summary>A draft may be unfinished: only its form is looked at.</summary>
    public bool IsDraft => Status == CheckStatus.Draft;

    public static CheckPlan Of(CheckRequest request) =>
        Of(request, request.ContainerId, request.Rule, request.Status ?? CheckStatus.Active, request.AnomalyMessageField);

    public static CheckPlan Of(QualityCheck check, CheckUpdate request)
    {
        var status = request.Status ?? (check.DeletedAt is null ? check.Status : CheckStatus.Active);
        return Of(request, check.ContainerId, check.RuleType, status,
            request.Sent(nameof(request.AnomalyMessageField)) ? request.AnomalyMessageField : check.AnomalyMessageField);
    }

    private static CheckPlan Of(ContainerCheckContent request, long? container, string rule, string status, string? messageField) =>
        new(container, rule, request.Fields ?? [], request.Coverage, Blank(request.Filter), request.PropertiesJson, Blank(messageField), status)
        {
            Loc = request.Loc,
            People = [.. new (string Member, long? Id)[] { ("owner_id", request.OwnerId), ("default_anomaly_assignee_id", request.DefaultAnomalyAssigneeId) }
                .Where(p => p.Id is not null).Select(p => (p.Member, p.Id!.Value))],
        };

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

/// <summary>What is stored of a plan that was found possible.</summary>
/// <param name="Fields">Names as the container spells them.</param>
/// <param name="ExpectedTypes">For <c>expectedSchema</c> the types of the listed fields as JSON.</param>
internal sealed record ReviewedCheck(IReadOnlyList<string> Fields, double? Coverage, string? Filter, string? Properties, string? ExpectedTypes);
