using Assay.Sources.Network;

namespace Assay.Sources.Warehouses;

/// <summary>The names of what is done at a vendor, as test reports and faults show them.</summary>
internal static class WarehouseSteps
{
    public const string Settings = "check settings";
    public const string Resolve = HostPolicy.Step;
    public const string Connect = "connect";
    public const string Tls = "TLS";
    public const string SignIn = "sign in";
    public const string Catalog = "see catalog";
    public const string Schema = "see schema";
    public const string List = "list tables";
    public const string Read = "read one";
    public const string Rows = "read rows";
    public const string Query = "read query";
    public const string Write = "write rights";

    public static IReadOnlyList<string> Reading { get; } = [Settings, Resolve, Connect, Tls, SignIn, Catalog, Schema, List, Read];
    public static IReadOnlyList<string> Writing { get; } = [.. Reading, Write];
}
