using Assay.Server.Operations.Promote;
using Assay.Server.Operations.Sync;

namespace Assay.Server.Operations;

/// <summary>The kinds of operation as clients filter by them.</summary>
internal static class OperationTypes
{
    /// <summary>As they are stored: sync had another name once, and promote stands for what is promoted.</summary>
    public static string[] Stored(IEnumerable<string> asked) => [.. asked.Select(type => type switch
    {
        "catalog" => SyncKind.Name,
        "promote" => PromoteChecksKind.Name,
        _ => type,
    })];
}
