namespace Assay.Server.Operations.Materialize;

/// <summary>Remembers how many rows have come so far, and passes it on.</summary>
internal sealed class CountedRows(Action<long> arrived) : IProgress<long>
{
    /// <summary>Null where nothing was told.</summary>
    public long? Rows { get; private set; }

    public void Report(long value)
    {
        Rows = value;
        arrived(value);
    }
}
