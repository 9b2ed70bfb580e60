using System.Text.Json;
using Assay.Quality.Computed.Fields;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Fields.Computed;

/// <summary>A field that is computed from others of its container. The first profile after it was made gives it a row among the fields.</summary>
internal sealed class ComputedField
{
    public long Id { get; init; }
    public long ContainerId { get; init; }
    public required string Name { get; set; }
    /// <summary>As <see cref="FieldTransformation"/> names it.</summary>
    public required string Transformation { get; set; }
    /// <summary>Names of the fields that it was told to be computed from, as JSON.</summary>
    public string SourceFields { get; set; } = "[]";
    /// <summary>Names of all fields that its values depend on, as JSON: for expressions the ones that they name.</summary>
    public string DependsOn { get; set; } = "[]";
    public string Properties { get; set; } = "{}";
    public string? AdditionalMetadata { get; set; }
    public DateTime Created { get; init; }
    public DateTime Updated { get; set; }
    public long? LastEditorId { get; set; }

    public IReadOnlyList<string> Sources => Names(SourceFields);

    public IReadOnlyList<string> Dependencies => Names(DependsOn);

    public FieldFormula Formula => new(Name, Transformation, Sources, JsonElement.Parse(Properties));

    public static string Json(IEnumerable<string> names) => JsonSerializer.Serialize(names, Web.Json.Options);

    private static IReadOnlyList<string> Names(string json) => JsonSerializer.Deserialize<List<string>>(json, Web.Json.Options)!;

    internal sealed class Configuration : IEntityTypeConfiguration<ComputedField>
    {
        public void Configure(EntityTypeBuilder<ComputedField> builder)
        {
            builder.ToTable("computed_fields").HasKey(f => f.Id);
            builder.Ignore(f => f.Sources).Ignore(f => f.Dependencies).Ignore(f => f.Formula);
        }
    }
}
