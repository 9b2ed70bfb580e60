namespace Assay.Quality.Profiling;

/// <summary>The platform's types of fields; the names are the API's.</summary>
public enum FieldKind { Unknown, Integral, Fractional, Boolean, String, Date, Timestamp, Array, Struct }
