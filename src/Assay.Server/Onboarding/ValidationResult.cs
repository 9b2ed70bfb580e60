using System.Text.Json.Serialization;
using Assay.Sources.Contract;

namespace Assay.Server.Onboarding;

/// <summary>The verdict on each schema, in the order of the request.</summary>
internal sealed record ValidationResult(IReadOnlyList<SchemaVerdict> Results);

/// <param name="Status"><c>success</c> or <c>failure</c>.</param>
/// <param name="Message">Why it failed, in plain words; absent on success.</param>
/// <param name="Step">The step that failed, such as <c>sign in</c> or <c>see schema</c>; absent on success.</param>
internal sealed record SchemaVerdict(
    string SchemaName, string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Step)
{
    public static SchemaVerdict Of(string schema, SourceFault? problem) => new(schema, problem is null ? "success" : "failure", problem?.Message, problem?.Step);
}
