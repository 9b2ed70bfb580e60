using Assay.Server.Web.Responses;

namespace Assay.Server.Web.Requests;

/// <summary>The query string of a request as a record <typeparamref name="T"/>; lists are repeated keys, unknown keys are ignored.</summary>
internal sealed class Query<T> : IBound where T : class, new()
{
    private Query(T value, Failure? failure)
    {
        Value = value;
        Failure = failure;
    }

    public static Type RequestType => typeof(T);
    public Failure? Failure { get; }
    public T Value { get; }

    public static ValueTask<Query<T>> BindAsync(HttpContext http)
    {
        var target = new T();
        var errors = new List<FieldError>();
        foreach (var member in RequestShape.Of(typeof(T)).Members)
        {
            object[] loc = ["query", member.Name];
            var name = member.Names.FirstOrDefault(http.Request.Query.ContainsKey);
            if (name is null)
            {
                if (member.Required) errors.Add(new FieldError(loc, "Field required", "missing"));
                continue;
            }
            var texts = http.Request.Query[name];
            if (member.Type.IsGenericType)
            {
                var itemType = member.Type.GetGenericArguments()[0];
                var list = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(itemType))!;
                for (var i = 0; i < texts.Count; i++)
                    if (ScalarReader.Parse(texts[i] ?? "", itemType, member, [.. loc, i], errors) is { } item) list.Add(item);
                if (member.MaxItems is { } max && texts.Count > max.Length)
                    errors.Add(new FieldError(loc, $"List should have at most {max.Length} items, not {texts.Count}", "too_long"));
                member.Set(target, list);
            }
            else if (ScalarReader.Parse(texts[^1] ?? "", member.Type, member, loc, errors) is { } value) member.Set(target, value);
        }
        return ValueTask.FromResult(new Query<T>(target, errors.Count > 0 ? Failure.Invalid(errors) : null));
    }
}
