using System.Net;
using Assay.Sources.Network;

namespace Assay.Sources.Tests.Network;

public sealed class HostPolicyResolveTests
{
    [Fact]
    public async Task ResolveAsync_UnknownName_SaysSo()
    {
        var fault = (await new PolicyUnderTest(new SystemHostNames()).ResolveAsync("no-such-host.invalid")).Fault.ShouldNotBeNull();

        fault.Code.ShouldBe(SourceFaultCode.HostNotFound);
        fault.Step.ShouldBe("resolve host");
        fault.Message.ShouldContain("no-such-host.invalid");
    }

    [Theory]
    [InlineData(300, 'a'), InlineData(70, 'ü'), InlineData(0, ' ')]
    public async Task ResolveAsync_NameThatCannotBe_SaysItIsNotKnown(int length, char letter) =>
        (await new PolicyUnderTest(new SystemHostNames()).ResolveAsync(new string(letter, length) + ".invalid"))
            .Fault.ShouldNotBeNull().Code.ShouldBe(SourceFaultCode.HostNotFound);

    [Fact]
    public async Task ResolveAsync_NameServerThatNeverAnswers_TimesOutAfterThreeSeconds()
    {
        var time = new HandTime();
        var asked = new PolicyUnderTest(new SilentHostNames(), time: time).ResolveAsync("db.example.com");

        time.Advance(TimeSpan.FromSeconds(2.9));
        asked.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(0.2));

        (await asked).Fault.ShouldNotBeNull().Code.ShouldBe(SourceFaultCode.TimedOut);
    }

    private sealed class SilentHostNames : IHostNames
    {
        public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancel)
        {
            await Task.Delay(Timeout.Infinite, cancel);
            return [];
        }
    }
}
