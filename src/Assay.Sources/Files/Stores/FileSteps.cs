namespace Assay.Sources.Files.Stores;

/// <summary>The steps of a conversation with a file store, in the order in which a connection test walks them.</summary>
internal static class FileSteps
{
    public const string Endpoint = "reach endpoint";
    public const string Credentials = "check credentials";
    public const string Bucket = "find bucket";
    public const string List = "list under root path";
    public const string Read = "read an object";
    public const string Write = "write an object";
    public const string Delete = "delete an object";
}
