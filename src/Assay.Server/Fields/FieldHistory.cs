using System.Text.Json.Nodes;
using Assay.Server.History;
using Assay.Server.Identity;
using Assay.Server.Store;

namespace Assay.Server.Fields;

/// <summary>Writes down what changed of a field, by whom. What it adds is saved with the caller's changes.</summary>
internal sealed class FieldHistory(AssayDb db, TimeProvider clock)
{
    public const string ObjectType = "field";

    /// <summary>The members that history follows, as they are.</summary>
    public static FieldFacts Of(Field field) => new(field.Name, field.Description, field.Status, field.AdditionalMetadata);

    public void Changed(FieldFacts before, Field field, Changeset? more, Caller caller)
    {
        var after = Of(field);
        var changes = (more ?? new Changeset()).Add("name", before.Name, after.Name).Add("description", before.Description, after.Description)
            .Add("status", before.Status, after.Status).Add("additional_metadata", before.Metadata, after.Metadata);
        if (!changes.IsEmpty) db.Add(Change.Of(ObjectType, field.Id, Change.Update, changes.Json, caller, clock.UtcNow()));
    }

    public void Deleted(long id, Caller caller) => db.Add(Change.Of(ObjectType, id, Change.Delete, new JsonObject(), caller, clock.UtcNow()));
}

/// <summary>What history follows of a field.</summary>
internal sealed record FieldFacts(string Name, string? Description, string Status, string? Metadata);
