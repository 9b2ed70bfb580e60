using Assay.Sources.Contract;

namespace Assay.Sources.Writing;

/// <summary>A table as Assay writes it.</summary>
/// <param name="Name">Any text that the target can hold; it is quoted.</param>
public sealed record TableShape(string Name, IReadOnlyList<TableColumn> Columns)
{
    /// <exception cref="SourceException">The table could not be told apart from another, or has no columns.</exception>
    /// <param name="sameNames">Which names the store takes for the same; null compares letter by letter.</param>
    internal void Check(string step, Func<string, string?> problemOfName, StringComparer? sameNames = null)
    {
        var names = Columns.Select(c => c.Name).ToList();
        var problem = names.Count == 0 ? "It has no columns."
            : names.Distinct(sameNames ?? StringComparer.Ordinal).Count() < names.Count ? "Two of its columns have the same name, as the store compares names."
            : names.Prepend(Name).Select(problemOfName).FirstOrDefault(p => p is not null);
        if (problem is not null) throw new SourceException(new SourceFault(SourceFaultCode.Unsupported, step, $"The table '{Name}' cannot be written: {problem}"));
    }
}

/// <param name="Precision">Digits of an exact number; null leaves it to the target (38 where that has to say).</param>
/// <param name="Scale">Those of them behind the point.</param>
public sealed record TableColumn(string Name, TableType Type, int? Precision = null, int? Scale = null);

/// <summary>What a column holds; every column takes NULL.</summary>
public enum TableType
{
    /// <summary>Text of any length, JSON as well.</summary>
    Text,

    /// <summary>Whole numbers of 64 bits.</summary>
    Integral,

    /// <summary>Numbers of double precision.</summary>
    Fractional,

    /// <summary>Exact numbers with a point.</summary>
    Exact,

    Boolean,

    Date,

    /// <summary>Points in time, to the microsecond.</summary>
    Timestamp,
}
