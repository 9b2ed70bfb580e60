using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Permissions;

/// <summary>One operation of the API: how it is called, and what each caller is answered.</summary>
/// <param name="Operation">As the permission summary calls it.</param>
/// <param name="Call">Calls it once, on things made for this call alone.</param>
/// <param name="Expected">Status codes, one per caller of <see cref="Company"/>, in order.</param>
public sealed record MatrixRow(string Operation, Func<Company, Api, Task<Answer>> Call, string Expected)
{
    public override string ToString() => Operation;
}
