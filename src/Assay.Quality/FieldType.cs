namespace Assay.Quality;

/// <summary>The platform's field types; names are the contract's.</summary>
public enum FieldType
{
    Unknown,
    Integral,
    Fractional,
    Boolean,
    String,
    Date,
    Timestamp,
    Array,
    Struct,
    MapType,
}
