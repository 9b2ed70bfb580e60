using System.Text.Json;
using Assay.Server.Fields;
using Assay.Sources.Contract;

namespace Assay.Server.Containers.Preview;

/// <summary>A container as the last sync stored it, in the connectors' terms.</summary>
internal static class StoredStructure
{
    public static ContainerStructure Of(Container container, IEnumerable<Field> fields, IEnumerable<Field> excluded, IEnumerable<Partition> partitions) => new()
    {
        Name = container.Name,
        Kind = container.ContainerType == "file" ? ContainerKind.File : ContainerKind.Table,
        Rows = container.Records,
        Fields = [.. fields.Select(Field)],
        Excluded = [.. excluded.Select(Field)],
        Keys = JsonSerializer.Deserialize<List<KeyStructure>>(container.Keys, Web.Json.Options)!,
        Partitions = [.. partitions.Select(p => new PartitionStructure(p.Name, p.Location, p.PartitionSize, p.Modified))],
        File = FileOf(container),
    };

    /// <returns>How the files of a container are read; null where it is not of files.</returns>
    public static FileStructure? FileOf(Container container) =>
        container.File is null ? null : JsonSerializer.Deserialize<FileStructure>(container.File, Web.Json.Options);

    private static FieldStructure Field(Field field) => new(
        field.Name, (int)field.Ordinal, Enum.Parse<FieldType>(field.Type), field.NativeType ?? "", field.Nullable,
        (int?)field.ColumnSize, (int?)field.DecimalDigits, field.Remarks)
    {
        ElementType = field.ElementType is null ? null : Enum.Parse<FieldType>(field.ElementType),
    };
}
