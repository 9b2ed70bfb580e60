using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Permissions;

/// <summary>Who may do what: every operation, called by everyone, over HTTP.</summary>
public sealed class PermissionMatrixTests(Company company) : IClassFixture<Company>
{
    public static TheoryData<string> Operations => [.. Matrix.Rows.Select(r => r.Operation)];

    [Theory, MemberData(nameof(Operations))]
    public async Task Operation_CalledByEveryone_IsDecidedAsTheTableSays(string operation)
    {
        var row = Matrix.Rows.Single(r => r.Operation == operation);
        var expected = row.Expected.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        expected.Length.ShouldBe(company.Callers.Count, "one expectation per caller");

        var answers = new List<(string Caller, string Expected, Answer Answer)>();
        foreach (var ((caller, api), index) in company.Callers.Select((c, i) => (c, i)))
            answers.Add((caller, expected[index], await row.Call(company, api)));

        answers.Where(a => a.Answer.Code.ToString() != a.Expected).Select(a => $"{a.Caller}: expected {a.Expected}, was {a.Answer.Code} {a.Answer.Text}").ShouldBeEmpty();
    }
}
