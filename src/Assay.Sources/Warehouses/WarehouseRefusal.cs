using Assay.Sources.Contract;

namespace Assay.Sources.Warehouses;

/// <summary>A vendor refused something, or failed at it.</summary>
/// <param name="code">The kind; <see cref="SourceFaultCode.NotFound"/> becomes the catalog's or schema's kind in the steps that look for those.</param>
/// <param name="message">In plain words, with a remedy; safe to show.</param>
/// <param name="said">The vendor's own words, for Assay's log only.</param>
internal sealed class WarehouseRefusal(SourceFaultCode code, string message, string? said = null) : Exception(message)
{
    public SourceFaultCode Code { get; } = code;
    public string? Said { get; } = said;
}
