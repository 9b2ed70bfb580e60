namespace Assay.Sources.Files.Schema.Values;

/// <summary>What a single value of a schemaless file looks like.</summary>
internal enum ValueKind { Null, Integral, WideIntegral, Fractional, Boolean, Date, Timestamp, Text, Array, Struct }
