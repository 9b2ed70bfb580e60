using Assay.Server.Web.Responses;
using Assay.Sources.Catalogue;
using Assay.Sources.Contract;

namespace Assay.Server.Datastores.Writes;

/// <summary>Which of database, schema and root path a store type has, and what they are for a datastore.</summary>
internal static class DatastoreScope
{
    public const string Dfs = "dfs";
    public const string Native = "native";

    /// <summary>The scope in its stored form, or a 422 for fields that the store type has no use for or misses, or that the connector refuses.</summary>
    public static Outcome<SourceScope> Of(
        ConnectorCatalogue connectors, string type, string storeType, string? database, string? schema, string? rootPath, bool globbing)
    {
        (database, schema, rootPath) = (OrNull(database), OrNull(schema), OrNull(rootPath));
        var given = storeType == Dfs ? Files(database, schema, rootPath, globbing) : Tables(storeType, database, schema, rootPath, globbing);
        // Without its connector a stored datastore can still be renamed.
        if (!given.Try(out var scope, out _) || !connectors.TryFind(type, out var connector)) return given;
        var check = connector.CheckScope(scope);
        return check.Problems.Count == 0 ? check.Scope : Failure.Invalid([.. check.Problems.Select(p => FieldError.InBody(string.Join('.', p.Field), p.Message, p.Kind))]);
    }

    private static Outcome<SourceScope> Tables(string storeType, string? database, string? schema, string? rootPath, bool globbing)
    {
        var errors = new List<FieldError>();
        if (rootPath is not null) errors.Add(FieldError.InBody("root_path", $"A {storeType} datastore has no root path", "extra_forbidden"));
        if (globbing) errors.Add(FieldError.InBody("folder_globbing_enabled", $"A {storeType} datastore has no folders to glob", "extra_forbidden"));
        if (storeType == Native && database is not null)
            errors.Add(FieldError.InBody("database", "A native datastore has its catalog in the connection", "extra_forbidden"));
        return errors.Count > 0 ? Failure.Invalid(errors) : new SourceScope(database, schema);
    }

    private static Outcome<SourceScope> Files(string? database, string? schema, string? rootPath, bool globbing)
    {
        // The official client has no root path to give: it sends "." as the database and the path as the schema.
        if (rootPath is null)
            return schema is null
                ? Failure.Invalid(FieldError.InBody("root_path", "Field required: a dfs datastore has a root path", "missing"))
                : new SourceScope(RootPath: schema, FolderGlobbing: globbing);
        var errors = new List<FieldError>();
        if (database is not null and not ".") errors.Add(FieldError.InBody("database", "A dfs datastore has no database", "extra_forbidden"));
        if (schema is not null && schema != rootPath) errors.Add(FieldError.InBody("schema", "A dfs datastore has no schema", "extra_forbidden"));
        return errors.Count > 0 ? Failure.Invalid(errors) : new SourceScope(RootPath: rootPath, FolderGlobbing: globbing);
    }

    private static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
