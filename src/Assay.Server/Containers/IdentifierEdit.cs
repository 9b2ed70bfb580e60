using System.Text.Json;
using Assay.Server.Fields;
using Assay.Server.Operations.Sync;
using Assay.Server.Web;
using Assay.Server.Web.Responses;
using Assay.Sources.Contract;

namespace Assay.Server.Containers;

/// <summary>
/// Sets the fields that a table's later reads go by. What a client sends back as it was stays automatic; what it changes becomes the user's
/// choice, which syncs leave alone; what it leaves out becomes automatic again.
/// </summary>
internal static class IdentifierEdit
{
    private const string PartitionFlag = "partition_field,";
    private const string IncrementalFlag = "incremental_field_name,";

    public static IEnumerable<FieldError> Apply(Container container, IReadOnlyList<Field> fields, ContainerRequest request)
    {
        if (container.ContainerType != "table") return [];
        var errors = new List<FieldError>();
        var guess = FieldChoice.Of(Structure(container, fields));
        if (!request.Sent(nameof(request.PartitionField))) (container.PartitionField, container.UserSettings) = (guess.Partition, Without(container, PartitionFlag));
        else if (request.PartitionField != container.PartitionField && Check("partition_field", request.PartitionField, fields, errors, IsOrdered))
            (container.PartitionField, container.UserSettings) = (request.PartitionField, Without(container, PartitionFlag) + PartitionFlag);
        if (!request.Sent(nameof(request.IncrementalFieldName)) && !request.Sent(nameof(request.IncrementalIdentifierType)))
            (container.IncrementalFieldName, container.IncrementalIdentifierType, container.UserSettings) =
                (guess.Incremental, guess.IncrementalType, Without(container, IncrementalFlag));
        else SetIncremental(container, fields, request, errors);
        return errors;
    }

    private static void SetIncremental(Container container, IReadOnlyList<Field> fields, ContainerRequest request, List<FieldError> errors)
    {
        var name = request.Sent(nameof(request.IncrementalFieldName)) ? request.IncrementalFieldName : container.IncrementalFieldName;
        if (!Check("incremental_field_name", name, fields, errors, f => TypeFor(f) is not null)) return;
        var type = request.IncrementalIdentifierType ?? (fields.FirstOrDefault(f => f.Name == name) is { } field ? TypeFor(field) : null);
        if (name == container.IncrementalFieldName && type == container.IncrementalIdentifierType) return;
        if (type != "postgresql" && name is null != type is null)
            errors.Add(FieldError.InBody("incremental_identifier_type", $"'{type}' needs an incremental_field_name"));
        else if (name is not null && type != "postgresql" && fields.First(f => f.Name == name) is var chosen && TypeFor(chosen) != type)
            errors.Add(FieldError.InBody("incremental_identifier_type", $"'{type}' does not fit field '{name}', which is of type {chosen.Type}"));
        else
            (container.IncrementalFieldName, container.IncrementalIdentifierType, container.UserSettings) = (name, type, Without(container, IncrementalFlag) + IncrementalFlag);
    }

    private static bool Check(string member, string? name, IReadOnlyList<Field> fields, List<FieldError> errors, Func<Field, bool> fits)
    {
        if (name is null) return true;
        var field = fields.FirstOrDefault(f => f.Name == name && f.Status != FieldStatus.Missing);
        var problem = field switch
        {
            null => $"The container has no field '{name}'",
            { ComputedFieldId: not null } => $"Field '{name}' is computed, which its source knows nothing of",
            { Status: FieldStatus.Masked } => $"Field '{name}' is masked",
            _ when !fits(field) => $"Fields of type {field.Type} cannot be used here",
            _ => null,
        };
        if (problem is not null) errors.Add(FieldError.InBody(member, problem));
        return problem is null;
    }

    private static bool IsOrdered(Field field) => field.Type is "Integral" or "Fractional" or "String" or "Date" or "Timestamp";

    private static string? TypeFor(Field field) => field.Type switch
    {
        "Date" or "Timestamp" => FieldChoice.LastModified,
        "Integral" or "Fractional" => FieldChoice.BatchValue,
        _ => null,
    };

    private static string Without(Container container, string flag) => container.UserSettings.Replace(flag, "", StringComparison.Ordinal);

    private static ContainerStructure Structure(Container container, IReadOnlyList<Field> fields) => new()
    {
        Name = container.Name,
        Kind = ContainerKind.Table,
        Fields = [.. fields.Where(f => f.Status != FieldStatus.Missing && f.ComputedFieldId is null).Select(f =>
            new FieldStructure(f.Name, (int)f.Ordinal, Enum.Parse<FieldType>(f.Type), f.NativeType ?? "", f.Nullable))],
        Keys = JsonSerializer.Deserialize<List<KeyStructure>>(container.Keys, Json.Options)!,
    };
}
