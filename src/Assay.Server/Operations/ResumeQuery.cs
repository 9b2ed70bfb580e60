using System.ComponentModel;

namespace Assay.Server.Operations;

internal sealed record ResumeQuery
{
    [Description("Tell an operation that still runs to stop, instead of refusing.")]
    public bool? ForceAbort { get; set; }
}
