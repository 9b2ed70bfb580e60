namespace Assay.Sources.Writing;

/// <summary>What is done with a table, as faults name it.</summary>
internal static class WriteSteps
{
    public const string Prepare = "make a table";
    public const string Append = "write rows";
    public const string Drop = "drop a table";

    public static bool Have(string step) => step is Prepare or Append or Drop;
}
