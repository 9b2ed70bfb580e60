using Assay.Quality;
using Assay.Server.Containers;
using Assay.Server.Containers.Computed;
using Assay.Server.Containers.Preview;
using Assay.Server.Datastores;
using Assay.Server.Fields;
using Assay.Server.Fields.Computed;
using Assay.Server.Store;
using Assay.Sources.Contract;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Reading;

/// <summary>A container with all that is needed to read it, as the last sync stored it.</summary>
/// <param name="Fields">Every field in the container's order, whatever its state.</param>
/// <param name="Partitions">Its parts: files, or child partitions of a table.</param>
internal sealed record StoredContainer(Container Row, Datastore Datastore, IReadOnlyList<Field> Fields, IReadOnlyList<Partition> Partitions)
{
    /// <returns>Null where the container or its datastore is gone or deleted.</returns>
    public static async Task<StoredContainer?> FindAsync(AssayDb db, long id, CancellationToken cancel)
    {
        if (await db.Set<Container>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id && c.DeletedAt == null, cancel) is not { } container) return null;
        if (await db.Set<Datastore>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == container.DatastoreId && d.Deleted == null, cancel) is not { } datastore) return null;
        var fields = await db.Set<Field>().AsNoTracking().Where(f => f.ContainerId == id).OrderBy(f => f.Ordinal).ThenBy(f => f.Id).ToListAsync(cancel);
        var partitions = await db.Set<Partition>().AsNoTracking().Where(p => p.ContainerId == id).OrderBy(p => p.Name).ToListAsync(cancel);
        var computed = await db.Set<ComputedField>().AsNoTracking().Where(f => f.ContainerId == id).OrderBy(f => f.Id).ToListAsync(cancel);
        return new StoredContainer(container, datastore, fields, partitions) { Computed = computed };
    }

    /// <summary>The fields whose values may be read: active ones and masked ones, whose values are computed with but never shown.</summary>
    public IReadOnlyList<Field> Readable { get; } = [.. Fields.Where(f => f.Status is FieldStatus.Active or FieldStatus.Masked)];

    /// <summary>Those of them that the source itself has; the others are computed from these.</summary>
    public IEnumerable<Field> OfSource => Readable.Where(f => f.ComputedFieldId is null);

    /// <summary>How fields of it are computed, those too that no profile has seen yet.</summary>
    public IReadOnlyList<ComputedField> Computed { get; init; } = [];

    /// <summary>In the connectors' terms; only the readable fields.</summary>
    public ContainerStructure Structure => StoredStructure.Of(Row, OfSource, Fields.Where(f => f.Status == FieldStatus.Excluded && f.ComputedFieldId is null), Partitions);

    /// <summary>For computed containers what they are computed from; null for others.</summary>
    public ComputedDefinition? Definition { get; } = Row.Definition is null ? null : ComputedDefinition.Parse(Row.Definition);

    /// <summary>For files how they are read; null for tables.</summary>
    public FileStructure? File { get; } = StoredStructure.FileOf(Row);

    /// <summary>Bytes of its files, where all are known; null for tables.</summary>
    public long? Bytes => Row.ContainerType == "file" && Partitions.Count > 0 && Partitions.All(p => p.PartitionSize is not null) ? Partitions.Sum(p => p.PartitionSize) : null;

    /// <summary>The container with the computed fields that have no field yet: a profile finds out about them.</summary>
    public StoredContainer WithNew()
    {
        var states = Fields.Where(f => f.ComputedFieldId is null).ToDictionary(f => f.Name, f => f.Status, StringComparer.Ordinal);
        var added = Computed.Where(c => Fields.All(f => f.ComputedFieldId != c.Id)).Select(c => New(c, Fields.Count, ComputedFieldStates.Next(FieldStatus.Missing, [.. c.Dependencies.Select(d => states.GetValueOrDefault(d, FieldStatus.Missing))])));
        return new StoredContainer(Row, Datastore, [.. Fields, .. added.Where(f => f.Status is FieldStatus.Active or FieldStatus.Masked)], Partitions) { Computed = Computed };
    }

    /// <summary>The container with this computed field and no other, for trying it.</summary>
    public StoredContainer WithOnly(ComputedField field) =>
        new(Row, Datastore, [.. Fields.Where(f => f.ComputedFieldId is null), New(field, Fields.Count, FieldStatus.Active)], Partitions) { Computed = [field] };

    /// <summary>A field as expressions see it.</summary>
    public static ContainerField Typed(Field field, string? prefix = null) => new(
        prefix is null ? field.Name : $"{prefix}_{field.Name}", Enum.Parse<Quality.FieldType>(field.Type),
        field.ElementType is null ? null : Enum.Parse<Quality.FieldType>(field.ElementType), field.NativeType);

    private static Field New(ComputedField computed, int position, string status) => new()
    {
        ContainerId = computed.ContainerId,
        ComputedFieldId = computed.Id,
        Name = computed.Name,
        Ordinal = position + 1,
        Type = nameof(Quality.FieldType.Unknown),
        Status = status,
        Created = computed.Created,
    };

    /// <summary>Whether its values are text in files, whose types were only guessed from a sample.</summary>
    public bool IsSchemaless => HasNoSchema(File);

    public static bool HasNoSchema(FileStructure? file) => IsDelimited(file) || file is { Format: "xls" or "xlsx" or "xlsm" };

    public static bool IsDelimited(FileStructure? file) => file is { Format: "csv" or "tsv" or "txt" or "psv" or "skv" };

    /// <summary>Whether types are sought in the values of its texts: of schemaless files unless somebody chose otherwise, else where somebody did.</summary>
    public static bool InfersTypes(Container row, FileStructure? file) => HasNoSchema(file) ? FileSettings.Parse(row.UserSettings).InferDatatypes ?? true : row.InferDatatypes;
}
