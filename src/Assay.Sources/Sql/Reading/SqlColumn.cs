using Assay.Sources.Contract;
using Assay.Sources.Reading;

namespace Assay.Sources.Sql.Reading;

/// <summary>How one column travels: what the source is asked for, how it is staged, and what it becomes when every staged value is one.</summary>
/// <param name="Expression">The column in the SELECT at the source.</param>
/// <param name="Kind">What the engine stages it as.</param>
/// <param name="Conversion">What staged text becomes where all of it fits; null where it stays as it is.</param>
internal sealed record SqlColumn(FieldStructure Field, int Position, string Expression, SqlValueKind Kind, Conversion? Conversion = null)
{
    /// <summary>The staging column's name: numbered, for a field may be called what the engine reserves.</summary>
    public string Staged => $"c{Position}";

    public StagedColumn Column => new(Field, Staged, $"Nullable({EngineType})", Conversion);

    private string EngineType => Kind switch
    {
        SqlValueKind.Int32 => "Int32",
        SqlValueKind.Int64 => "Int64",
        SqlValueKind.UInt64 => "UInt64",
        SqlValueKind.Float32 => "Float32",
        SqlValueKind.Float64 => "Float64",
        SqlValueKind.Bool => "Bool",
        _ => "String",
    };
}

/// <summary>What is written for a value.</summary>
internal enum SqlValueKind
{
    Int32,
    Int64,
    UInt64,
    Float32,
    Float64,
    Bool,
    /// <summary>Whatever the driver answers, printed (<see cref="SqlText"/>).</summary>
    Text,
}
