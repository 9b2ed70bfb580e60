using System.Text.Json;
using Assay.Quality;
using Assay.Quality.Rules;
using Assay.Server.Containers;
using Assay.Server.Fields;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Teams;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Checks.Writes;

/// <summary>
/// Containers that a check refers to: they must be there, and the caller must be allowed to read them, for a check shows what is in them.
/// One that the caller may not see is answered as if it did not exist.
/// </summary>
internal sealed class CheckReferences(AssayDb db, DatastoreAccess access)
{
    public async Task<IReadOnlyList<FieldError>> ProblemsAsync(
        CheckPlan plan, Rule rule, IReadOnlyList<ContainerField> fields, Caller caller, CancellationToken cancel)
    {
        if (rule.Spec.Properties.All(p => p.Name != "ref_container_id") || plan.Properties is null) return [];
        var properties = JsonElement.Parse(plan.Properties);
        if (Number(properties, "ref_container_id") is not { } id) return []; // its absence has been noticed before
        var datastore = await db.Set<Container>().Where(c => c.Id == id && c.DeletedAt == null).Select(c => (long?)c.DatastoreId).FirstOrDefaultAsync(cancel);
        if (datastore is null || await access.RefuseAsync(caller, datastore.Value, TeamPermission.Reporter, Failure.NotFound(), managersPass: false, cancel) is not null)
            return [At(plan, "ref_container_id", $"Container id: {id} not found")];
        if (Number(properties, "ref_datastore_id") is { } named && named != datastore)
            return [At(plan, "ref_datastore_id", $"Container id: {id} is not in datastore id: {named}")];
        var known = (await db.Set<Field>().AsNoTracking().Where(f => f.ContainerId == id && f.Status != FieldStatus.Excluded).ToListAsync(cancel)).ConvertAll(CheckReviewer.Type);
        return [.. FieldProblems(plan, properties, fields, known)];
    }

    private static IEnumerable<FieldError> FieldProblems(CheckPlan plan, JsonElement properties, IReadOnlyList<ContainerField> fields, IReadOnlyList<ContainerField> known)
    {
        if (properties.TryGetProperty("field_name", out var name) && name.ValueKind == JsonValueKind.String && known.All(f => f.Name != name.GetString()))
            yield return At(plan, "field_name", $"The referenced container has no field '{name.GetString()}'");
        else if (plan.Rule is "existsIn" or "notExistsIn" && fields.Count == 1 && known.First(f => f.Name == name.GetString()) is { } other && Kind(other.Type) != Kind(fields[0].Type))
            yield return At(plan, "field_name", $"Values of type {fields[0].Type} are never among values of type {other.Type}");
        if (plan.Rule is "dataDiff" or "isReplicaOf")
        {
            foreach (var (field, index) in plan.Fields.Select((f, i) => (f, i)))
                if (field.Name is { } wanted && known.All(f => f.Name != wanted))
                    yield return new FieldError([.. plan.Loc, "fields", index], $"The referenced container has no field '{wanted}'", "unknown_field");
            foreach (var id in List(properties, "id_field_names").Where(n => known.All(f => f.Name != n)))
                yield return At(plan, "id_field_names", $"The referenced container has no field '{id}'");
        }
    }

    private static int Kind(FieldType type) => type switch
    {
        FieldType.Integral or FieldType.Fractional => 1,
        FieldType.Date or FieldType.Timestamp => 2,
        FieldType.String => 3,
        FieldType.Boolean => 4,
        _ => 0,
    };

    private static IEnumerable<string> List(JsonElement properties, string member) =>
        properties.TryGetProperty(member, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString()!) : [];

    private static long? Number(JsonElement properties, string member) =>
        properties.TryGetProperty(member, out var value) ? value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt64(out var number) => number,
            JsonValueKind.String when long.TryParse(value.GetString(), out var number) => number,
            _ => null,
        } : null;

    private static FieldError At(CheckPlan plan, string member, string msg) => new([.. plan.Loc, "properties", member], msg, "value_error");
}
