namespace Assay.Server.Web.Requests;

/// <summary>Other names under which clients send this member; the member's own name wins.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AliasAttribute(params string[] names) : Attribute
{
    public string[] Names { get; } = names;
}

/// <summary>The member may be left out, but not sent as null.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotNullAttribute : Attribute;

/// <summary>The closed set of values a string (or each string of a list) may have, exactly as written.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OneOfAttribute(params string[] values) : Attribute
{
    public string[] Values { get; } = values;
}

/// <summary>Some clients send a bare number in the place of this object: it is then taken as the member named here.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BareNumberMeansAttribute(string property) : Attribute
{
    public string Property { get; } = property;
}

/// <summary>Some clients send a bare list in the place of this object: it is then taken as the member named here.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class BareListMeansAttribute(string property) : Attribute
{
    public string Property { get; } = property;
}
