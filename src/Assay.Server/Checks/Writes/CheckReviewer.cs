using System.Text.Json;
using Assay.Quality;
using Assay.Quality.Rules;
using Assay.Server.Fields;
using Assay.Server.Identity;
using Assay.Server.Masking;
using Assay.Server.Store;
using Assay.Server.Users;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;
using FieldType = Assay.Quality.FieldType;

namespace Assay.Server.Checks.Writes;

/// <summary>
/// Refuses a check that could not be asserted, naming the member at fault: the subject's own rules on one hand, on the other what
/// only the store knows (fields, people, other containers and who may read them). Of drafts only the form is looked at.
/// </summary>
internal sealed class CheckReviewer(AssayDb db, CheckReferences references)
{
    public async Task<Outcome<ReviewedCheck>> ReviewAsync(CheckPlan plan, Caller caller, CancellationToken cancel)
    {
        if (RuleCatalogue.Find(plan.Rule) is not { } rule)
            return Failure.Invalid(new FieldError([.. plan.Loc, "rule"], $"'{plan.Rule}' is no rule; the rule specifications list them", "enum"));
        var errors = Masks(plan).ToList();
        var known = plan.ContainerId is { } container ? await FieldsAsync(container, cancel) : [];
        var fields = Resolve(plan, known, errors);
        await PeopleAsync(plan, errors, cancel);
        if (!plan.IsDraft)
        {
            MessageField(plan, known, errors);
            var types = known.ConvertAll(Type);
            if (errors.Count == 0) errors.AddRange(Faults(plan, fields, types));
            if (errors.Count == 0 && plan.ContainerId is not null) errors.AddRange(await references.ProblemsAsync(plan, rule, [.. types.Where(t => fields.Contains(t.Name))], caller, cancel));
        }
        if (errors.Count > 0) return Failure.Invalid(errors);
        return new ReviewedCheck(fields, plan.Coverage, plan.Filter, plan.Properties, ExpectedTypes(plan, known));
    }

    private Task<List<Field>> FieldsAsync(long container, CancellationToken cancel) =>
        db.Set<Field>().AsNoTracking().Where(f => f.ContainerId == container).OrderBy(f => f.Ordinal).ToListAsync(cancel);

    private static IEnumerable<FieldError> Masks(CheckPlan plan)
    {
        if (plan.Filter == Mask.Text) yield return new FieldError([.. plan.Loc, "filter"], "It is masked; write the condition itself", "value_error");
        if (plan.Properties is null || JsonElement.Parse(plan.Properties) is not { ValueKind: JsonValueKind.Object } properties) yield break;
        foreach (var member in properties.EnumerateObject().Where(m => CheckUnmask.IsMask(m.Value)))
            yield return new FieldError([.. plan.Loc, "properties", member.Name], "It is masked; write the value itself", "value_error");
    }

    private static List<string> Resolve(CheckPlan plan, List<Field> known, List<FieldError> errors)
    {
        var names = new List<string>();
        foreach (var (wanted, index) in plan.Fields.Select((w, i) => (w, i)))
        {
            var field = known.Find(f => wanted.Id is { } id ? f.Id == id : f.Name == wanted.Name);
            var name = field?.Name ?? (plan.IsDraft || plan.ContainerId is null ? wanted.Name : null);
            object[] loc = [.. plan.Loc, "fields", index];
            if (name is null) errors.Add(new FieldError(loc, $"The container has no field {(wanted.Name is { } text ? $"'{text}'" : $"id: {wanted.Id}")}", "unknown_field"));
            else if (names.Contains(name)) errors.Add(new FieldError(loc, $"Field '{name}' is named twice", "value_error"));
            else if (field?.Status == FieldStatus.Excluded && !plan.IsDraft) errors.Add(new FieldError(loc, $"Field '{name}' is excluded from checks", "value_error"));
            else names.Add(name);
        }
        return names;
    }

    private static void MessageField(CheckPlan plan, List<Field> known, List<FieldError> errors)
    {
        if (plan.MessageField is { } name && plan.ContainerId is not null && !known.Exists(f => f.Name == name))
            errors.Add(new FieldError([.. plan.Loc, "anomaly_message_field"], $"The container has no field '{name}'", "unknown_field"));
    }

    private async Task PeopleAsync(CheckPlan plan, List<FieldError> errors, CancellationToken cancel)
    {
        foreach (var (member, id) in plan.People)
            if (!await db.Set<User>().AnyAsync(u => u.Id == id && !u.Deactivated, cancel))
                errors.Add(new FieldError([.. plan.Loc, member], $"There is no active user with id: {id}", "value_error"));
    }

    private static IEnumerable<FieldError> Faults(CheckPlan plan, IReadOnlyList<string> fields, IReadOnlyList<ContainerField> known) =>
        CheckFaults.Of(plan, fields, known).Select(fault => new FieldError([.. plan.Loc, .. fault.Member.Split('.')],
            fault.Message, fault.Position is null ? "value_error" : "expression_error"));

    public static ContainerField Type(Field field) =>
        new(field.Name, Parse(field.Type), field.ElementType is { } element ? Parse(element) : null, field.NativeType);

    private static FieldType Parse(string type) => Enum.TryParse<FieldType>(type, out var known) ? known : FieldType.Unknown;

    private static string? ExpectedTypes(CheckPlan plan, List<Field> known)
    {
        if (plan.Rule != "expectedSchema" || plan.Properties is null) return null;
        if (!JsonElement.Parse(plan.Properties).TryGetProperty("list", out var list) || list.ValueKind != JsonValueKind.Array) return null;
        var wanted = list.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString()!).ToHashSet(StringComparer.Ordinal);
        return JsonSerializer.Serialize(known.Where(f => wanted.Contains(f.Name)).ToDictionary(f => f.Name, f => f.Type));
    }
}
