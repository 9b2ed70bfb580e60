using System.Globalization;
using Assay.Quality.Checks;
using Assay.Sources.Contract;

namespace Assay.Bench.Scans;

/// <summary>Simple checks that rows keep, spread over the columns so that the first few of them read all columns. No two are the same work.</summary>
internal static class SimpleChecks
{
    /// <param name="failing">So many of them, on numbers, fail on some of the rows.</param>
    public static IReadOnlyList<CheckDefinition> Of(IReadOnlyList<FieldStructure> fields, int count, int failing)
    {
        var checks = Enumerable.Range(0, count).Select(i => One(fields[i % fields.Count], i / fields.Count, i + 1)).ToList();
        foreach (var i in Enumerable.Range(0, count).Where(i => checks[i].Rule == "maxValue").Take(failing))
            checks[i] = checks[i] with { Properties = CheckProperties.Parse(Say($"{{\"value\":{2 + i % 3}}}")) };
        return checks;
    }

    private static CheckDefinition One(FieldStructure field, int round, long id)
    {
        var (rule, properties) = field.Type switch
        {
            FieldType.Integral or FieldType.Fractional => Number(round),
            FieldType.String => Text(round),
            _ => ("notNull", null),
        };
        return new CheckDefinition { Id = id, Rule = rule, Fields = [field.Name], Properties = CheckProperties.Parse(properties) };
    }

    private static (string Rule, string? Properties) Number(int round) => (round % 4) switch
    {
        0 => ("between", Say($"{{\"min\":-{round + 1},\"inclusive_min\":true,\"max\":{1_000_000_000 + round},\"inclusive_max\":true}}")),
        1 => ("maxValue", Say($"{{\"value\":{2_000_000_000L + round}}}")),
        2 => ("greaterThan", Say($"{{\"value\":-{round + 2},\"inclusive\":false}}")),
        _ => ("lessThan", Say($"{{\"value\":{3_000_000_000L + round},\"inclusive\":true}}")),
    };

    private static (string Rule, string? Properties) Text(int round) => (round % 3) switch
    {
        0 => ("maxLength", Say($"{{\"value\":{20 + round}}}")),
        1 => ("matchesPattern", Say($"{{\"pattern\":\"^.{{1,{30 + round}}}$\"}}")),
        _ => ("minLength", Say($"{{\"value\":{round % 2}}}")),
    };

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
