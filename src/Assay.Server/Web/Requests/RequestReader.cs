using System.Reflection;
using System.Text.Json;
using Assay.Server.Web.Responses;

namespace Assay.Server.Web.Requests;

/// <summary>
/// Turns a JSON object into a request record, collecting every error instead of stopping at the first.
/// Unknown members are ignored; numbers sent as text are taken as numbers, as the reference's clients expect.
/// </summary>
internal sealed class RequestReader
{
    private readonly List<FieldError> errors = [];

    public IReadOnlyList<FieldError> Errors => errors;

    public object? ReadObject(JsonElement json, Type type, object[] loc)
    {
        if (json.ValueKind == JsonValueKind.Array && type.GetCustomAttribute<BareListMeansAttribute>() is { } bare) return ReadBareList(json, type, bare.Property, loc);
        if (json.ValueKind != JsonValueKind.Object)
        {
            errors.Add(new FieldError(loc, "Input should be a valid dictionary or object to extract fields from", "model_attributes_type"));
            return null;
        }
        var target = Activator.CreateInstance(type)!;
        var sent = new HashSet<string>();
        foreach (var member in RequestShape.Of(type).Members) ReadMember(json, type, member, target, sent, loc);
        if (target is JsonRequest request) (request.SentNames, request.Loc) = (sent, loc);
        if (target is IKeepUnknown keeper) KeepUnknown(json, type, keeper);
        return target;
    }

    private object ReadBareList(JsonElement json, Type type, string property, object[] loc)
    {
        var target = Activator.CreateInstance(type)!;
        var member = RequestShape.Of(type).Members.First(m => m.Property == property);
        member.Set(target, ReadValue(json, member.Type, member, loc));
        if (target is JsonRequest request) (request.SentNames, request.Loc) = (new HashSet<string> { property }, loc);
        return target;
    }

    private static void KeepUnknown(JsonElement json, Type type, IKeepUnknown keeper)
    {
        var known = RequestShape.Of(type).Members.SelectMany(m => m.Names).ToHashSet(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
            if (!known.Contains(property.Name)) keeper.Keep(property.Name, property.Value.Clone());
    }

    private void ReadMember(JsonElement json, Type type, RequestShape.Member member, object target, HashSet<string> sent, object[] loc)
    {
        object[] here = [.. loc, member.Name];
        foreach (var name in member.Names)
        {
            if (!json.TryGetProperty(name, out var value)) continue;
            if (value.ValueKind == JsonValueKind.Number && member.BareNumberMeans is { } meant)
            {
                var other = RequestShape.Of(type).Members.First(m => m.Property == meant);
                sent.Add(meant);
                other.Set(target, ScalarReader.Read(value, other.Type, other, here, errors));
                return;
            }
            sent.Add(member.Property);
            if (value.ValueKind != JsonValueKind.Null) member.Set(target, ReadValue(value, member.Type, member, here));
            else if (member.NotNull) errors.Add(new FieldError(here, "Input should not be null", "null_not_allowed"));
            return;
        }
        if (member.Required) errors.Add(new FieldError(here, "Field required", "missing"));
    }

    private object? ReadValue(JsonElement json, Type type, RequestShape.Member member, object[] loc)
    {
        if (type == typeof(JsonElement)) return json.Clone();
        if (typeof(JsonRequest).IsAssignableFrom(type)) return ReadObject(json, type, loc);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return ReadList(json, type.GetGenericArguments()[0], member, loc);
        if (type == typeof(IReadOnlyDictionary<string, JsonElement>)) return ReadDictionary(json, loc);
        return ScalarReader.Read(json, type, member, loc, errors);
    }

    public object? ReadList(JsonElement json, Type itemType, RequestShape.Member? member, object[] loc)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            errors.Add(new FieldError(loc, "Input should be a valid list", "list_type"));
            return null;
        }
        var list = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(itemType))!;
        var index = 0;
        foreach (var item in json.EnumerateArray())
        {
            object[] here = [.. loc, index++];
            if (item.ValueKind == JsonValueKind.Null) errors.Add(new FieldError(here, "Input should not be null", "null_not_allowed"));
            else if (typeof(JsonRequest).IsAssignableFrom(itemType)) Add(ReadObject(item, itemType, here));
            else Add(itemType == typeof(JsonElement) ? item.Clone() : ScalarReader.Read(item, itemType, member, here, errors));
        }
        if (member?.MaxItems is { } max && index > max.Length)
            errors.Add(new FieldError(loc, $"List should have at most {max.Length} items, not {index}", "too_long"));
        return list;

        void Add(object? value)
        {
            if (value is not null) list.Add(value);
        }
    }

    private Dictionary<string, JsonElement>? ReadDictionary(JsonElement json, object[] loc)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            errors.Add(new FieldError(loc, "Input should be a valid dictionary", "dict_type"));
            return null;
        }
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject()) values[property.Name] = property.Value.Clone();
        return values;
    }
}
