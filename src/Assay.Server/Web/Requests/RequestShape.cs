using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Assay.Server.Web.Requests;

/// <summary>What a request record accepts, read once from its properties and their attributes.</summary>
internal sealed class RequestShape
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<Type, RequestShape> Known = new();

    private RequestShape(Type type) => Members =
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).Select(p => new Member(p))];

    public IReadOnlyList<Member> Members { get; }

    public static RequestShape Of(Type type) => Known.GetOrAdd(type, t => new RequestShape(t));

    internal sealed class Member(PropertyInfo property)
    {
        public string Property { get; } = property.Name;
        public string Name { get; } = Json.Name(property.Name);
        public string[] Names { get; } = [Json.Name(property.Name), .. property.GetCustomAttribute<AliasAttribute>()?.Names ?? []];
        public Type Type { get; } = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        public bool Required { get; } = property.GetCustomAttribute<RequiredAttribute>() is not null;
        public bool NotNull { get; } = property.GetCustomAttribute<NotNullAttribute>() is not null
            || property.GetCustomAttribute<RequiredAttribute>() is not null;
        public StringLengthAttribute? Length { get; } = property.GetCustomAttribute<StringLengthAttribute>();
        public RangeAttribute? Range { get; } = property.GetCustomAttribute<RangeAttribute>();
        public OneOfAttribute? OneOf { get; } = property.GetCustomAttribute<OneOfAttribute>();
        public string? BareNumberMeans { get; } = property.GetCustomAttribute<BareNumberMeansAttribute>()?.Property;
        public RegularExpressionAttribute? Pattern { get; } = property.GetCustomAttribute<RegularExpressionAttribute>();
        public MaxLengthAttribute? MaxItems { get; } = property.GetCustomAttribute<MaxLengthAttribute>();

        public void Set(object target, object? value) => property.SetValue(target, value);
    }
}
