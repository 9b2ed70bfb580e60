using System.Text.Json;
using Assay.Server.Containers.Preview;
using Assay.Server.Fields;
using Assay.Server.Reading;
using Assay.Server.Web;
using Assay.Server.Web.Responses;
using Assay.Sources.Contract;

namespace Assay.Server.Containers;

/// <summary>
/// Sets how the files of a container are read. What a client sends back as it was stays automatic; what it changes becomes the user's choice,
/// which listings go by; what it leaves out the next listing finds out again. Fields follow with that listing: it looks at the files anew.
/// </summary>
internal static class FileSettingsEdit
{
    public static IEnumerable<FieldError> Apply(Container container, IReadOnlyList<Field> fields, ContainerRequest request)
    {
        var file = StoredStructure.FileOf(container);
        var errors = Misplaced(file, request).ToList();
        if (errors.Count > 0 || file is null) return errors;
        var before = FileSettings.Parse(container.UserSettings);
        var after = new FileSettings(
            Choice(before.HasHeader, file.HasHeader, request.HasHeader),
            request.EscapeCharacter == file.EscapeCharacter ? before.EscapeCharacter : request.EscapeCharacter,
            StoredContainer.HasNoSchema(file) ? Choice(before.InferDatatypes, before.InferDatatypes ?? true, request.InferDatatypes) : null);
        if (after == before) return [];
        if (after.HasHeader != before.HasHeader && fields.FirstOrDefault(f => f.Status == FieldStatus.Masked && f.ComputedFieldId is null) is { } masked)
            return [FieldError.InBody("has_header", $"With other names for the columns, the values of the masked field '{masked.Name}' would show; send has_header as it is, or unmask the field first")];
        container.UserSettings = after.ToString();
        container.File = JsonSerializer.Serialize(
            file with { HasHeader = after.HasHeader ?? file.HasHeader, EscapeCharacter = after.EscapeCharacter ?? file.EscapeCharacter }, Json.Options);
        container.Fingerprint = "";
        return [];
    }

    private static bool? Choice(bool? chosen, bool? current, bool? sent) => sent == current ? chosen : sent;

    private static IEnumerable<FieldError> Misplaced(FileStructure? file, ContainerRequest request)
    {
        var what = file is null ? "A container that is not of files" : $"A container of {file.Format} files";
        if (request.HasHeader is not null && !StoredContainer.HasNoSchema(file))
            yield return FieldError.InBody("has_header", $"{what} has no header; leave has_header out");
        if (request.EscapeCharacter is not null && !StoredContainer.IsDelimited(file))
            yield return FieldError.InBody("escape_character", $"{what} has no escape character; leave escape_character out");
    }
}
