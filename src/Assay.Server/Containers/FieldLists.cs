using System.Text.Json;
using Assay.Server.Fields;
using Assay.Server.Web.Responses;

namespace Assay.Server.Containers;

/// <summary>Sets which fields of a container are left out, and by which it is grouped.</summary>
internal static class FieldLists
{
    public static IEnumerable<FieldError> Apply(Container container, IReadOnlyList<Field> fields, ContainerRequest request)
    {
        var errors = new List<FieldError>();
        if (request.ExcludeFields is { } excluded) Exclude(fields, excluded, errors);
        if (request.GroupByFields is { } groups && Check(fields, groups, errors))
            container.GroupByFields = groups.Count == 0 ? null : JsonSerializer.Serialize(groups);
        return errors;
    }

    private static void Exclude(IReadOnlyList<Field> fields, IReadOnlyList<string> wanted, List<FieldError> errors)
    {
        for (var i = 0; i < wanted.Count; i++)
            if (!fields.Any(f => f.Name == wanted[i])) errors.Add(Unknown(["body", "exclude_fields", i], wanted[i]));
        foreach (var field in fields.Where(f => f.Status != FieldStatus.Missing))
        {
            if (wanted.Contains(field.Name)) field.Status = FieldStatus.Excluded;
            else if (field.Status == FieldStatus.Excluded) field.Status = FieldStatus.Active;
        }
    }

    private static bool Check(IReadOnlyList<Field> fields, IReadOnlyList<JsonElement> groups, List<FieldError> errors)
    {
        var before = errors.Count;
        for (var i = 0; i < groups.Count; i++)
        {
            if (groups[i].ValueKind != JsonValueKind.Array || groups[i].EnumerateArray().Any(n => n.ValueKind != JsonValueKind.String))
                errors.Add(new FieldError(["body", "group_by_fields", i], "Input should be a valid list of field names", "list_type"));
            else
                foreach (var name in groups[i].EnumerateArray().Select(n => n.GetString()!))
                {
                    if (fields.FirstOrDefault(f => f.Name == name) is not { } field) errors.Add(Unknown(["body", "group_by_fields", i], name));
                    else if (field.Type is not ("String" or "Integral" or "Boolean" or "Date" or "Timestamp" or "Unknown"))
                        errors.Add(new FieldError(["body", "group_by_fields", i], $"Fields of type {field.Type} cannot be grouped by", "value_error"));
                    else if (field.Status == FieldStatus.Masked) errors.Add(new FieldError(["body", "group_by_fields", i], $"Field '{name}' is masked", "value_error"));
                }
        }
        return errors.Count == before;
    }

    private static FieldError Unknown(object[] loc, string name) => new(loc, $"The container has no field '{name}'", "value_error");
}
