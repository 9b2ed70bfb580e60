using Assay.Engine;
using Assay.Server.Containers.Preview;
using Assay.Sources.Contract;

namespace Assay.Server.Reading;

/// <summary>What a failed read means, in words that are safe to show: the engine's own may name hosts and files.</summary>
internal static class ReadProblem
{
    /// <summary>Whether an exception is the failure of one container's read, which leaves others alone.</summary>
    public static bool Is(Exception problem) => problem is SourceException or EngineException or ClauseException;

    public static string Of(Exception problem) => problem switch
    {
        SourceException source => source.Message,
        ClauseException clause => $"{clause.Member}: {clause.Message}.",
        EngineException fault => ReadFaults.Of(fault).Text,
        _ => "Assay itself failed; its log has the details.",
    };
}
