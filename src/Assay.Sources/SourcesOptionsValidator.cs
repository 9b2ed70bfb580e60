using Assay.Sources.Network;
using Microsoft.Extensions.Options;

namespace Assay.Sources;

/// <summary>Finds settings that mean nothing when Assay starts, instead of when somebody relies on them.</summary>
internal sealed class SourcesOptionsValidator : IValidateOptions<SourcesOptions>
{
    private static readonly TimeSpan LongestStatement = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, SourcesOptions options)
    {
        List<string> problems = [.. Problems("ASSAY_HOSTS_DENY", options.HostsDeny), .. Problems("ASSAY_HOSTS_ALLOW", options.HostsAllow)];
        if (options.StatementTimeout < TimeSpan.FromSeconds(1) || options.StatementTimeout > LongestStatement)
            problems.Add($"ASSAY_STATEMENT_TIMEOUT must lie between 1 and {LongestStatement.TotalSeconds:0} seconds.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(string setting, IReadOnlyList<string> entries)
    {
        foreach (var entry in entries)
            if (!HostRule.TryParse(entry, out _, out var problem))
                yield return $"{setting}: {problem}";
    }
}
