namespace Assay.Engine.Binary;

/// <summary>Types made of other types.</summary>
internal static class Compounds
{
    private const byte NoVariant = 0xff;

    internal static readonly CellReader Point = static (ref c) =>
        new object?[] { BitConverter.Int64BitsToDouble(c.Int64()), BitConverter.Int64BitsToDouble(c.Int64()) };

    internal static CellReader Nullable(CellReader inner) => (ref c) => c.Byte() != 0 ? null : inner(ref c);

    internal static CellReader Array(CellReader element) => (ref c) =>
    {
        var count = c.Length();
        var values = new List<object?>();
        for (var i = 0; i < count && !c.RanOut; i++)
            values.Add(element(ref c));
        return values.ToArray();
    };

    internal static CellReader Tuple(IReadOnlyList<string> elements)
    {
        var readers = elements.Where(element => element.Length > 0)
            .Select(element => CellReaders.For(TypeName.WithoutElementName(element))).ToArray();
        return (ref c) =>
        {
            var values = new object?[readers.Length];
            for (var i = 0; i < readers.Length; i++)
                values[i] = readers[i](ref c);
            return values;
        };
    }

    internal static CellReader Map(CellReader key, CellReader value) => (ref c) =>
    {
        var count = c.Length();
        var pairs = new List<KeyValuePair<object, object?>>();
        for (var i = 0; i < count && !c.RanOut; i++)
            pairs.Add(new(key(ref c)!, value(ref c)));
        return pairs.ToArray();
    };

    /// <summary>A byte says which of the types, in the order of their names, the value has.</summary>
    internal static CellReader Variant(IReadOnlyList<string> types)
    {
        var readers = types.Select(CellReaders.For).ToArray();
        return (ref c) => c.Byte() is not NoVariant and var which && which < readers.Length ? readers[which](ref c) : null;
    }
}
