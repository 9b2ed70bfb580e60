using Assay.Sources.Contract;

namespace Assay.Sources.Warehouses;

/// <summary>Inputs that the forms of several vendors share.</summary>
internal static class WarehouseProperties
{
    public const string SignIn = "Sign-in";
    public const string Advanced = "Advanced";

    public static PropertySpec Host(string title, string placeholder, string info) =>
        new() { Field = "host", Required = true, Title = title, Placeholder = placeholder, Info = info };

    public static PropertySpec Port(int? usual = 443, bool required = false) =>
        new() { Field = "port", Required = required, Title = "Port", Type = "number", Default = usual, Group = required ? null : Advanced };

    public static PropertySpec Mode(params string[] modes) => new()
    {
        Field = "authentication_type",
        MapTo = "parameters",
        Title = "Authentication",
        Type = "enum",
        Values = modes,
        Default = modes[0],
        Group = SignIn,
    };

    /// <summary>An input that goes with one mode of signing in.</summary>
    public static PropertySpec For(this PropertySpec property, string mode) =>
        property with { FilterField = "authentication_type", FilterValue = mode, Group = SignIn };

    /// <summary>Encryption and time limits.</summary>
    public static IEnumerable<PropertySpec> Conduct(bool tls = true) =>
    [
        new()
        {
            Field = "ssl", MapTo = "parameters", Title = "Encrypt (TLS)", Type = "boolean", Default = tls, Group = Advanced,
            Info = "Without it passwords and data travel in clear text: for tests, and tunnels that encrypt by themselves.",
        },
        new() { Field = "connect_timeout", MapTo = "parameters", Title = "Connect time-out (s)", Type = "number", Default = WarehouseAccess.DefaultConnectSeconds, Group = Advanced },
        new()
        {
            Field = "statement_timeout", MapTo = "parameters", Title = "Statement time-out (s)", Type = "number", Group = Advanced,
            Info = "The longest one statement may run until its first rows come.",
        },
    ];

    public static PropertySpec Authorities(string field) => new()
    {
        Field = field,
        MapTo = "parameters",
        Title = "Certificate authority",
        Group = Advanced,
        Info = "The certificate (PEM text) that the server's must descend from; the system's own authorities where it is empty.",
    };

    public static PropertySpec Catalog(string title = "Catalog", bool required = true) =>
        new() { Field = "database", Required = required, Title = title, ConnectionProperty = false };

    public static PropertySpec Schema(string title = "Schema") => new() { Field = "schema", Required = true, Title = title, ConnectionProperty = false };
}
