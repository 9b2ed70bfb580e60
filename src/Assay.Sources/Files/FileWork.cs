using Assay.Engine;
using Assay.Sources.Files.Gateway;
using Assay.Sources.Files.Schema;

namespace Assay.Sources.Files;

/// <summary>What every connector on files works with.</summary>
/// <param name="Engine">Null in a process that has none: there Parquet can neither be read nor written.</param>
internal sealed record FileWork(StructureReader Structures, FileConnectionTest Test, EngineRoutes Routes, IEngine? Engine);
