namespace Assay.Sources.Drivers.Installing;

/// <summary>A driver cannot be added; the message says why and is meant for the operator.</summary>
public sealed class DriverException(string message, Exception? inner = null) : Exception(message, inner);
