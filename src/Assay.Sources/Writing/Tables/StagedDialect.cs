namespace Assay.Sources.Writing.Tables;

/// <summary>A product without transactions over many statements: a single one is all or nothing, and that is what there is to build on.</summary>
internal abstract class StagedDialect : TableDialect
{
    /// <summary>Statements that make a table of passing use.</summary>
    public virtual IEnumerable<string> CreateStage(string name, IReadOnlyList<TableColumn> columns) => Create(name, columns);
}
