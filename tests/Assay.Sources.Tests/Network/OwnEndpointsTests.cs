using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Assay.Sources.Tests.Network;

public sealed class OwnEndpointsTests
{
    [Theory]
    [InlineData("127.0.0.1"), InlineData("127.8.9.10"), InlineData("localhost"), InlineData("::1"), InlineData("::ffff:127.0.0.1")]
    public async Task ResolveAsync_OwnApiUnderAnyNameOfThisMachine_IsRefused(string host)
    {
        var policy = new PolicyUnderTest(allow: "*", names: ("localhost", ["127.0.0.1"]));
        policy.Own.Register("API", "127.0.0.1", 8080);

        var verdict = await policy.ResolveAsync(host, 8080);

        verdict.Fault.ShouldNotBeNull().Code.ShouldBe(SourceFaultCode.HostNotAllowed);
        verdict.Fault.Message.ShouldContain("Assay's own API");
        (await policy.AllowsAsync(host, 8079)).ShouldBeTrue();
        (await policy.AllowsAsync(host, 8081)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("127.0.0.1"), InlineData("0.0.0.0"), InlineData("::"), InlineData("[::]"), InlineData("*"), InlineData("+"), InlineData("localhost")]
    public async Task ResolveAsync_OwnApiUnderAnAddressOfAnInterface_IsRefused(string boundTo)
    {
        var mine = NetworkInterface.GetAllNetworkInterfaces().SelectMany(n => n.GetIPProperties().UnicastAddresses)
            .Select(u => u.Address).FirstOrDefault(a => a.AddressFamily is AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));
        Assert.SkipWhen(mine is null, "this machine has no address but loopback");
        var policy = new PolicyUnderTest(names: [("localhost", ["::1", "127.0.0.1"]), ("me.example.com", [mine.ToString()])]);
        policy.Own.Register("API", boundTo, 8080);

        (await policy.AllowsAsync(mine.ToString(), 8080)).ShouldBeFalse();
        (await policy.AllowsAsync("me.example.com", 8080)).ShouldBeFalse();
        (await policy.AllowsAsync("me.example.com", 5432)).ShouldBeTrue();
    }

    [Fact]
    public async Task ResolveAsync_MetadataStoreOnAnotherMachine_IsRefusedUnderAllItsNames()
    {
        var policy = new PolicyUnderTest(names: [("meta.example.com", ["10.0.0.5", "10.0.0.6"]), ("alias.example.com", ["10.0.0.6"]), ("db.example.com", ["10.0.0.7"])]);
        policy.Own.Register("metadata store", "meta.example.com", 5432);

        (await policy.AllowsAsync("alias.example.com")).ShouldBeFalse();
        (await policy.AllowsAsync("10.0.0.5")).ShouldBeFalse();
        (await policy.AllowsAsync("db.example.com")).ShouldBeTrue();
        (await policy.AllowsAsync("127.0.0.1")).ShouldBeTrue();
    }
}
