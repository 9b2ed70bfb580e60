using Assay.Engine;
using Assay.Quality.Expressions;
using Assay.Quality.Rules;

namespace Assay.Quality.Scanning;

/// <summary>Brings checks into the engine's words. A check that does not go there is given up alone.</summary>
internal sealed class PlanBuilder(IEngine engine, ScanRequest request, DescribedRelation rows)
{
    private readonly Dictionary<Relation, DescribedRelation> references = new(ReferenceEqualityComparer.Instance);

    public async Task PrepareAsync(CheckPlan plan, Func<EngineQuery, EngineQuery> bind, CancellationToken cancellation)
    {
        try
        {
            plan.Row = await ScopeAsync(plan, cancellation);
            plan.Broken = plan.Rule switch
            {
                PreparedRule prepared => await prepared.PrepareAsync(new StatementScope(engine, plan.Row, 0, bind), cancellation),
                RecordRule rule => Broken(rule, plan.Row),
                _ => null,
            };
            if (plan is { Rule: RecordRule record and not PreparedRule, Row.Filter: "1" } && !plan.Row.Properties.Flag("is_element_context") && plan.Row.Values.Count == 1)
                (plan.Doubt, plan.DoubtByValue) = (record.Doubt(plan.Row), record.DoubtByValue(plan.Row));
            if (plan.Broken is { } broken) plan.Broken = $"ifNull({broken}, 0)";
        }
        catch (ExpressionException refused)
        {
            plan.GiveUp($"The expression cannot be run: {refused.Message}");
        }
        catch (Exception missing) when (missing is FieldMissingException or ReferenceMissingException)
        {
            plan.GiveUp(missing.Message);
        }
        catch (EngineException failed) when (!failed.IsLost)
        {
            plan.GiveUp(failed.Message);
        }
    }

    private async Task<RowScope> ScopeAsync(CheckPlan plan, CancellationToken cancellation)
    {
        var settings = new ExpressionSettings(request.Now) { Variables = request.Variables };
        var scope = plan.Rule.Spec.Fields;
        return new RowScope
        {
            Check = plan.Scope,
            Rows = rows,
            Filter = string.IsNullOrWhiteSpace(plan.Check.Filter) ? "1" : $"ifNull({rows.Condition(plan.Check.Filter, settings)}, 0)",
            // The fields of a calculated rule are those of its expression.
            Values = scope is FieldScope.Calculated or FieldScope.None ? [] : [.. plan.Check.Fields.Select(rows.Value)],
            Reference = plan.Source.Reference is { } reference ? await DescribeAsync(reference, cancellation) : null,
            Settings = settings,
        };
    }

    private async Task<DescribedRelation> DescribeAsync(Relation reference, CancellationToken cancellation) =>
        references.TryGetValue(reference, out var known) ? known : references[reference] = await DescribedRelation.OfAsync(engine, reference, cancellation);

    private static string Broken(RecordRule rule, RowScope row) =>
        row.Properties.Flag("is_element_context") && row.Values is [{ } array] ? Elements.Broken(rule, row, array) : rule.Broken(row);
}
