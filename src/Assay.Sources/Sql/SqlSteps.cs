using Assay.Sources.Network;

namespace Assay.Sources.Sql;

/// <summary>The names of what is done at a database, as test reports and faults show them.</summary>
internal static class SqlSteps
{
    public const string Settings = "check settings";
    public const string Driver = "load driver";
    public const string Resolve = HostPolicy.Step;
    public const string File = "find file";
    public const string Connect = "connect";
    public const string Tls = "TLS";
    public const string SignIn = "sign in";
    public const string Catalog = "see catalog";
    public const string Schema = "see schema";
    public const string List = "list tables";
    public const string Read = "read one";
    public const string Rows = "read rows";
    public const string Write = "write rights";
}
