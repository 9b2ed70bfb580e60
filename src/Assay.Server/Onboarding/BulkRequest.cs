using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Connections;
using Assay.Server.Datastores.Writes;

namespace Assay.Server.Onboarding;

/// <summary>Datastores for many schemas (or root paths) of one connection.</summary>
internal record BulkRequest : DatastoreTraits
{
    [Description("The schemas to make datastores for (databases and native stores). Either these or root_paths are needed, or patterns.")]
    [StringLength(1024, MinimumLength = 1)]
    public IReadOnlyList<string>? Schemas { get; set; }

    [Description("The root paths to make datastores for (file stores).")]
    [StringLength(1024, MinimumLength = 1)]
    public IReadOnlyList<string>? RootPaths { get; set; }

    [Description("Only schemas (or root paths) that match one of these regular expressions; anchor with ^ and $ to match the whole name. With patterns but no list, all schemas of the database count that no datastore of the connection covers yet, those of the system left out.")]
    [StringLength(NamePatterns.MostCharacters, MinimumLength = 1), MaxLength(NamePatterns.MostPatterns)]
    public IReadOnlyList<string>? Include { get; set; }

    [Description("No schemas (or root paths) that match one of these regular expressions.")]
    [StringLength(NamePatterns.MostCharacters, MinimumLength = 1), MaxLength(NamePatterns.MostPatterns)]
    public IReadOnlyList<string>? Exclude { get; set; }

    [Description("Make nothing, and answer what would be made under planned.")]
    public bool? DryRun { get; set; }

    [Description("The database or catalog that the schemas are in.")]
    [StringLength(1024)]
    public string? Database { get; set; }

    [Description("What the datastores are called: must hold {{ schema }}, with or without blanks, which becomes the schema or root path. {connection_name}_{{ schema }} where none is given.")]
    [StringLength(1024, MinimumLength = 1)]
    public string? NameTemplate { get; set; }

    /// <summary>What the datastores are to cover, as it was listed; null where patterns alone say it.</summary>
    internal IReadOnlyList<string>? Listed => Schemas ?? RootPaths;

    internal bool HasPatterns => Include is { Count: > 0 } || Exclude is { Count: > 0 };
}

/// <summary>The same, with a connection that is stored first.</summary>
internal sealed record BulkWithConnectionRequest : BulkRequest
{
    [Description("The new connection.")]
    [Required]
    public ConnectionRequest Connection { get; set; } = null!;
}
