using Assay.Engine;
using Assay.Server.Web.Responses;

namespace Assay.Server.Containers.Preview;

/// <summary>What a failed read means to the caller: plain words, for the engine's own may name hosts and files.</summary>
internal static class ReadFaults
{
    public static Failure Of(EngineException problem) => problem.Fault switch
    {
        EngineFault.SourceUnreachable => Failure.Unreachable("read rows: the source does not answer. Check that it is up and reachable from Assay's machine."),
        EngineFault.SourceDenied => Failure.Unreachable("read rows: the source refused access. Check the connection's credentials and their rights to read."),
        EngineFault.SourceMissing => Failure.Unreachable("read rows: the source no longer has this container. Run a sync."),
        EngineFault.Timeout => Failure.Unreachable("read rows: reading took too long."),
        EngineFault.MemoryLimit => Failure.Unreachable("read rows: reading needs more memory than the engine may use (ASSAY_ENGINE_MEMORY_MB)."),
        EngineFault.BadData or EngineFault.BadType => Failure.Unreachable("read rows: the data could not be parsed as what the last sync found. Run a sync; if that does not help, the data is broken."),
        EngineFault.SeveralRows => Failure.Unreachable("read rows: a sub-query of the container's query gives several rows where one value is needed. Change it: with an aggregate, or LIMIT 1."),
        EngineFault.EngineDied or EngineFault.EngineUnavailable => Failure.Of(503, "The engine is not available at the moment; try again shortly"),
        _ => Failure.Unreachable("read rows: the engine could not read the container; Assay's log has the details."),
    };
}
