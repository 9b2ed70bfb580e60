using Assay.Sources.Contract;

namespace Assay.Sources.Drivers;

/// <summary>Inputs that most connectors of this kind have.</summary>
internal static class DriverProperties
{
    public static PropertySpec Host(string title = "Host", string placeholder = "db.example.com") => new() { Field = "host", Required = true, Title = title, Placeholder = placeholder };
    public static PropertySpec Port(int standard, bool required = true) => new() { Field = "port", Required = required, Title = "Port", Type = "number", Default = standard };
    public static PropertySpec Username(string title = "User") => new() { Field = "username", Required = true, Title = title };
    public static PropertySpec Password(string title = "Password") => new() { Field = "password", Required = true, Title = title, Secret = true };
    public static PropertySpec ConnectTimeout => new() { Field = "connect_timeout", MapTo = "parameters", Title = "Connect time-out (s)", Type = "number", Default = 8, Group = "Limits" };
    public static PropertySpec StatementTimeout => new() { Field = "statement_timeout", MapTo = "parameters", Title = "Statement time-out (s)", Type = "number", Group = "Limits" };
    public static PropertySpec Database(bool required = true, string title = "Database") => new() { Field = "database", Required = required, Title = title, ConnectionProperty = false };
    public static PropertySpec Schema(string title = "Schema", string? standard = null) => new() { Field = "schema", Required = standard is null, Title = title, Default = standard, ConnectionProperty = false };
}
