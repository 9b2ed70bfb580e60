using Assay.Sources.Contract;

namespace Assay.Sources.Files;

/// <summary>Inputs that the forms of all file connectors share.</summary>
internal static class FileProperties
{
    public static readonly PropertySpec RootPath = new()
    {
        Field = "root_path",
        Title = "Root path",
        Required = true,
        Placeholder = "/raw/events/",
        ConnectionProperty = false,
        Info = "The folder that the datastore covers; / is the whole bucket.",
    };

    public static PropertySpec AuthenticationType(params string[] values) => new()
    {
        Field = "authentication_type",
        MapTo = "parameters",
        Title = "Authentication",
        Type = "enum",
        Values = values,
        Default = values[0],
    };
}
