using Assay.Sources.Contract;

namespace Assay.Server.Connections.Specifications;

/// <summary>What a connector takes: enough to draw a form from it alone.</summary>
/// <param name="Implemented">True: what is not in this build is not listed.</param>
/// <param name="SupportsEnrichment">Whether an enrichment store can lie there.</param>
/// <param name="StoreType"><c>jdbc</c>, <c>dfs</c> or <c>native</c>.</param>
/// <param name="AuthenticationModes">The ways to sign in, the default first: the values of <c>authentication_type</c> where the connector has several.</param>
/// <param name="CatalogLevels">What can be discovered above tables, outermost first: none, one (schemas) or two (catalogs, then schemas), by the source's own names.</param>
/// <param name="SchemaIsDatabase">Whether a datastore keeps in <c>database</c> what discovery and bulk creation call a schema.</param>
/// <param name="Properties">The inputs in the order of the form; a field stands several times where its meaning depends on another.</param>
internal sealed record SpecificationView(
    string DisplayName, string Type, bool Implemented, bool SupportsEnrichment, string StoreType, IReadOnlyList<string> AuthenticationModes,
    IReadOnlyList<string> CatalogLevels, bool SchemaIsDatabase, IReadOnlyList<PropertyView> Properties)
{
    private const string Basic = "BASIC";

    public static SpecificationView Of(ConnectorSpec spec) =>
        new(spec.DisplayName, spec.Type, true, spec.SupportsEnrichment, spec.StoreType.ToString().ToLowerInvariant(), ModesOf(spec),
            spec.CatalogLevels, spec.SchemaIsDatabase, [.. spec.Properties.Concat(CommonProperties.Of(spec)).Select(PropertyView.Of)]);

    private static IReadOnlyList<string> ModesOf(ConnectorSpec spec) =>
        spec.Properties.FirstOrDefault(p => p.Field == "authentication_type") is not { Values: { } modes } choice ? spec.Properties.Any(p => p.Secret) ? [Basic] : []
        : choice.Default is string first ? [first, .. modes.Where(m => m != first)] : modes;
}

/// <summary>One input of a connector's form.</summary>
/// <param name="Field">The member that carries the value.</param>
/// <param name="MapTo"><c>parameters</c> where the member stands inside that object, the field itself otherwise.</param>
/// <param name="FilterField">The input applies only where this one has the value of <c>filter_value</c>.</param>
/// <param name="Secret">Write-only.</param>
/// <param name="ConnectionProperty">False for members of the datastore, such as database and schema.</param>
internal sealed record PropertyView(
    string Field, string MapTo, bool Required, string Title, string Type, IReadOnlyList<string>? Values, PropertyGroup? Group, object? Default,
    string? Info, string? FilterField, string? FilterValue, string? Placeholder, bool Secret, bool ConnectionProperty)
{
    public static PropertyView Of(PropertySpec p) => new(
        p.Field, p.MapTo ?? p.Field, p.Required, p.Title, p.Type, p.Values, p.Group is null ? null : new PropertyGroup(p.Group), p.Default,
        p.Info, p.FilterField, p.FilterValue, p.Placeholder, p.Secret, p.ConnectionProperty);
}

/// <summary>Inputs that belong together in a form.</summary>
internal sealed record PropertyGroup(string Name);
