using Assay.Quality.Rules;
using Assay.Quality.Tests.Testing;

namespace Assay.Quality.Tests.Rules;

public sealed class RuleCatalogueTests
{
    /// <summary>The contract's names, written down apart from the catalogue.</summary>
    private const string Names =
        "afterDateTime aggregationComparison anyNotNull beforeDateTime between betweenTimes containsCreditCard containsEmail containsSocialSecurityNumber "
        + "containsUrl dataDiff distinctCount entityResolution equalTo equalToField existsIn expectedSchema expectedValues fieldCount freshness greaterThan "
        + "greaterThanField isAddress isCreditCard isReplicaOf isType lessThan lessThanField matchesPattern maxLength maxPartitionSize maxValue metric minLength "
        + "minPartitionSize minValue notExistsIn notFuture notNegative notNull positive predictedBy requiredValues satisfiesExpression sum timeDistributionSize "
        + "unique userDefinedFunction volumetric";

    [Fact]
    public void All_Names_AreTheContracts() => RuleCatalogue.All.Select(r => r.Name).ShouldBe(Names.Split(' '));

    [Fact]
    public void All_Specs_AreComplete()
    {
        foreach (var rule in RuleCatalogue.All)
        {
            var spec = rule.Spec;
            rule.GetType().Name.ShouldBe(char.ToUpperInvariant(rule.Name[0]) + rule.Name[1..]);
            (spec.Fields is FieldScope.Single or FieldScope.Multi).ShouldBe(spec.FieldTypes.Count > 0, rule.Name);
            spec.Description.ShouldStartWith("Asserts ");
            spec.Nulls.ShouldNotBeNullOrWhiteSpace();
            spec.Properties.Select(p => p.Name).ShouldBeUnique();
            spec.Properties.ShouldAllBe(p => p.Info != null, rule.Name);
            spec.Properties.Where(p => p.Type == PropertyType.Enum).ShouldAllBe(p => p.Choices.Count > 1);
        }
    }

    [Fact]
    public void Find_UnknownName_IsNull()
    {
        RuleCatalogue.Find("notnull").ShouldBeNull();
        RuleCatalogue.Find("notNull").ShouldNotBeNull();
    }

    [Fact]
    public void Document_IsInStep() => Documents.ShouldBeInStep("rules.md", RuleDocument.Write());
}
