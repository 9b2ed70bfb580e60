using Assay.Engine;

namespace Assay.Quality.Scanning;

/// <summary>Which failures a scan can live with.</summary>
internal static class EngineFaults
{
    extension(EngineException failure)
    {
        /// <summary>The engine or the source is gone, or the statement was stopped: no other statement would fare better.</summary>
        public bool IsLost => failure.Fault is EngineFault.Cancelled or EngineFault.Timeout or EngineFault.EngineDied or EngineFault.EngineUnavailable
            or EngineFault.AccessDenied or EngineFault.SourceUnreachable or EngineFault.SourceDenied or EngineFault.SourceMissing;
    }
}
