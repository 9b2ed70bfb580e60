using Assay.Sources.Contract;

namespace Assay.Sources.Sql.Listing;

/// <summary>
/// The statements that ask a database for its structure, a constant number whatever its size. Each says which columns it answers, by
/// position; a statement that a database has no use for is null.
/// </summary>
internal abstract class SqlCatalogue
{
    /// <summary>Catalogs: name, 1 where the product brought it along.</summary>
    public virtual SqlStatement? Catalogs(SqlPlace place) => null;

    /// <summary>Schemas of the place's database: name, 1 where the product brought it along.</summary>
    public virtual SqlStatement? Schemas(SqlPlace place) => null;

    /// <summary>
    /// The same questions about many schemas at once: each statement answers the schema's name in front and goes schema by schema, and
    /// <see cref="Exists"/> the names of those that are there (with 1 behind each where the server takes one spelling for another). Null where
    /// the catalogue has no such answers.
    /// </summary>
    public virtual SqlCatalogue? Together(IReadOnlyList<string> schemas) => null;

    /// <summary>One row with the exact name of the schema (or database) that the place means, none where there is no such.</summary>
    public abstract SqlStatement? Exists(SqlPlace place);

    /// <summary>Tables before views: name, kind (<see cref="KindOf"/>). For the test of a connection.</summary>
    public abstract SqlStatement Names(SqlPlace place);

    /// <summary>Name, kind, remarks, rows (null where unknown), 1 where the number is exact; in order of name.</summary>
    public abstract SqlStatement Tables(SqlPlace place);

    /// <summary>
    /// Table, name, ordinal, type without its lengths, type in full, 1 where it may be null, length or precision, digits after the point,
    /// remarks; in order of table and ordinal.
    /// </summary>
    public abstract SqlStatement Columns(SqlPlace place);

    /// <summary>
    /// As <see cref="Columns"/> for one table, where a broken view would fail the statement for all and a statement costs no way to a server.
    /// </summary>
    public virtual SqlStatement? ColumnsOf(SqlPlace place, string table) => null;

    /// <summary>
    /// Table, kind (P primary, U unique, F foreign), name, field, schema, table and field it refers to; in order of table, key and
    /// the field's place in it.
    /// </summary>
    public virtual SqlStatement? Keys(SqlPlace place) => null;

    /// <summary>Table, name, bytes, time of the last change; in order of table and name.</summary>
    public virtual SqlStatement? Partitions(SqlPlace place) => null;

    /// <summary>What becomes of a column of this type.</summary>
    public abstract SqlType TypeOf(SqlColumnRow column);

    /// <summary>What a table of this kind is; null for what is no container.</summary>
    public virtual ContainerKind? KindOf(string kind) => kind.Trim().ToUpperInvariant() switch
    {
        "BASE TABLE" or "TABLE" or "T" or "U" => ContainerKind.Table,
        "VIEW" or "V" => ContainerKind.View,
        "MATERIALIZED VIEW" or "M" => ContainerKind.MaterializedView,
        "FOREIGN" or "FOREIGN TABLE" or "EXTERNAL TABLE" => ContainerKind.ForeignTable,
        _ => null,
    };
}

/// <summary>A column as the catalogue describes it.</summary>
/// <param name="Type">The type's name without lengths.</param>
/// <param name="Native">The type in full, as the source spells it.</param>
internal readonly record struct SqlColumnRow(
    string Table, string Name, int Ordinal, string Type, string Native, bool? Nullable, int? Size, int? Digits, string? Remarks);

/// <summary>What the platform makes of a column.</summary>
internal readonly record struct SqlType(FieldType Type, int? Size = null, int? Digits = null)
{
    public FieldType? Element { get; init; }
}
