using System.Text.Json;
using Assay.Server.Web;
using Assay.Sources.Writing;

namespace Assay.Server.Operations.Materialize;

/// <summary>The columns of copies, as they are kept from one copy to the next.</summary>
internal static class CopiedShape
{
    public static string ToJson(IReadOnlyList<TableColumn> columns) => JsonSerializer.Serialize(columns, Json.Options);

    /// <summary>
    /// The columns wanted, but where the table has one that holds them all with more digits, that one: sources of exact numbers without a declared
    /// scale come with as many digits as their values have at the time.
    /// </summary>
    public static IReadOnlyList<TableColumn> Fitting(IReadOnlyList<TableColumn> wanted, string? known)
    {
        if (known is null) return wanted;
        var there = JsonSerializer.Deserialize<List<TableColumn>>(known, Json.Options)!;
        return [.. wanted.Select(column => there.FirstOrDefault(c => Holds(c, column)) ?? column)];
    }

    private static bool Holds(TableColumn there, TableColumn wanted) =>
        there.Name == wanted.Name && there.Type == TableType.Exact && wanted.Type == TableType.Exact
        && there.Scale >= wanted.Scale && there.Precision - there.Scale >= wanted.Precision - wanted.Scale;
}
