using Microsoft.Extensions.Options;

namespace Assay.Engine.Tests;

public sealed class OptionsTests
{
    public static TheoryData<string, Action<EngineOptions>> WrongOptions => new()
    {
        { "no web address", options => options.Url = new Uri("ftp://clickhouse.example") },
        { "a password in the address", options => options.Url = new Uri("https://user:secretword@clickhouse.example") },
        { "hardly any memory", options => options.MemoryBytes = 1 },
        { "negative threads", options => options.Threads = -1 },
        { "no idle time", options => options.IdleStop = TimeSpan.Zero },
        { "a missing file", options => options.CaFile = "/no/such/ca.pem" },
    };

    [Theory]
    [MemberData(nameof(WrongOptions), DisableDiscoveryEnumeration = true)]
    public void AddEngine_WrongOption_IsRefused(string what, Action<EngineOptions> wrong)
    {
        var error = Should.Throw<OptionsValidationException>(() => new EngineSession(wrong), what);

        error.Message.ShouldNotContain("secretword");
    }
}
