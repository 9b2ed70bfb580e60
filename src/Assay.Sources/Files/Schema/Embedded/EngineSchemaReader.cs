using Assay.Engine;
using Assay.Sources.Contract;
using Assay.Sources.Files.Formats;
using Assay.Sources.Files.Gateway;
using Assay.Sources.Files.Listing;
using Assay.Sources.Files.Reading;
using Assay.Sources.Files.Stores;
using Assay.Sources.Reading;

namespace Assay.Sources.Files.Schema.Embedded;

/// <summary>Asks the engine for the schema that files and table folders carry: what it answers is what a read will give.</summary>
/// <param name="engine">Null in a process that has no engine.</param>
internal sealed class EngineSchemaReader(IEngine? engine, EngineRoutes routes) : ISchemaReader
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public bool Reads(FormatFamily family) => family is FormatFamily.Embedded or FormatFamily.TableFolder;

    public async Task<SchemaRead> ReadAsync(SourceTarget target, IFileStore store, FileGroup group, StoredFile file, FileChoice choice, CancellationToken cancel)
    {
        if (engine is null) return SchemaRead.Broken($"The structure of {group.Format.Name} files is read by the engine, which this process does not have.");
        using var route = group.IsTable ? await routes.ToTableAsync(store, file.Key, cancel) : await routes.ToFilesAsync(store, "files", [file], cancel);
        var reach = route.Reach;
        var values = new Placeholders();
        try
        {
            var function = group.IsTable
                ? reach.Table(group.Format.Name, file.Key, null, values)
                : reach.Files(new EngineFiles(KeyGlob.Of([reach.PathOf(file.Key)]), EmbeddedReads.EngineFormat(group.Format.Name), null, "none"), null, values);
            var fields = new List<FieldStructure>();
            await foreach (var row in engine.QueryAsync(values.Bind(new EngineQuery($"DESCRIBE TABLE {function}").WithTimeout(Limit).WithSetting(FileSelect.FolderColumns, 0)), cancel))
                fields.Add(EngineTypes.ToField(row.Get<string>("name"), fields.Count + 1, row.Get<string>("type")));
            return fields.Count == 0 ? SchemaRead.Broken("The file has no fields.") : SchemaRead.Of(new FileSchema(fields));
        }
        catch (EngineException refused)
        {
            // What the store itself said is more than the engine knows of it.
            return route.Failure is { } fault ? throw new SourceException(fault, refused) : SchemaRead.Broken(Reason(refused, group));
        }
    }

    /// <summary>The engine's own words may quote addresses and data, so they are not passed on.</summary>
    private static string Reason(EngineException refused, FileGroup group) => refused.Fault switch
    {
        EngineFault.EngineUnavailable or EngineFault.EngineDied or EngineFault.AccessDenied => throw new SourceException(
            new SourceFault(SourceFaultCode.SourceError, FileSteps.Read, "The engine, which reads the structure of files, is not available."), refused),
        EngineFault.SourceUnreachable => throw new SourceException(
            new SourceFault(SourceFaultCode.ConnectionLost, FileSteps.Read, "The engine cannot reach the store, though Assay can."), refused),
        EngineFault.SourceDenied => "The credentials are not allowed to read it.",
        EngineFault.SourceMissing => group.IsTable ? $"The folder holds no {group.Format.Name} table that can be read." : "The file does not exist any more.",
        EngineFault.Timeout => $"The engine did not read its structure within {Limit.TotalSeconds:0} seconds.",
        _ when group.IsTable => $"The folder holds no {group.Format.Name} table that can be read.",
        _ => $"The file is damaged, or it is no {group.Format.Name} file.",
    };
}
