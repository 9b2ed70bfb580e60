using Assay.Quality.Rules.Aggregates;
using Assay.Quality.Rules.Bounds;
using Assay.Quality.Rules.Container;
using Assay.Quality.Rules.Expressions;
using Assay.Quality.Rules.Presence;
using Assay.Quality.Rules.Relations;
using Assay.Quality.Rules.Sets;
using Assay.Quality.Rules.Text;
using Assay.Quality.Rules.Time;

namespace Assay.Quality.Rules;

/// <summary>Every rule there is.</summary>
public static class RuleCatalogue
{
    /// <summary>All rules by name.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        new AfterDateTime(),
        new AggregationComparison(),
        new AnyNotNull(),
        new BeforeDateTime(),
        new Between(),
        new BetweenTimes(),
        new ContainsCreditCard(),
        new ContainsEmail(),
        new ContainsSocialSecurityNumber(),
        new ContainsUrl(),
        new DataDiff(),
        new DistinctCount(),
        new EntityResolution(),
        new EqualTo(),
        new EqualToField(),
        new ExistsIn(),
        new ExpectedSchema(),
        new ExpectedValues(),
        new FieldCount(),
        new Freshness(),
        new GreaterThan(),
        new GreaterThanField(),
        new IsAddress(),
        new IsCreditCard(),
        new IsReplicaOf(),
        new IsType(),
        new LessThan(),
        new LessThanField(),
        new MatchesPattern(),
        new MaxLength(),
        new MaxPartitionSize(),
        new MaxValue(),
        new Metric(),
        new MinLength(),
        new MinPartitionSize(),
        new MinValue(),
        new NotExistsIn(),
        new NotFuture(),
        new NotNegative(),
        new NotNull(),
        new Positive(),
        new PredictedBy(),
        new RequiredValues(),
        new SatisfiesExpression(),
        new Sum(),
        new TimeDistributionSize(),
        new Unique(),
        new UserDefinedFunction(),
        new Volumetric(),
    ];

    private static readonly Dictionary<string, Rule> ByName = All.ToDictionary(r => r.Name, StringComparer.Ordinal);

    /// <summary>The rule of that name, spelled as the contract spells it; null for none.</summary>
    public static Rule? Find(string name) => ByName.GetValueOrDefault(name);
}
