using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Assay.Sources.Tests.Network;

public sealed class HostPolicyListTests
{
    private static readonly (string, string[])[] names =
    [
        ("db.example.com", ["10.1.2.3"]), ("two.example.com", ["10.1.2.3", "10.9.9.9"]), ("example.com", ["93.184.216.34"]),
    ];

    [Theory]
    [InlineData("db.example.com", "db.example.com", false)]
    [InlineData("db.example.com", "DB.Example.Com", false)]
    [InlineData("db.example.com", "db.example.com.", false)]
    [InlineData("db.example.com", "two.example.com", true)]
    [InlineData("*.example.com", "db.example.com", false)]
    [InlineData("*.example.com", "example.com", true)]
    [InlineData("10.1.0.0/16", "db.example.com", false)]
    [InlineData("10.1.2.2/31", "10.1.2.1", true)]
    [InlineData("10.1.2.3/31", "10.1.2.2", false)]
    [InlineData("10.1.2.2/31", "10.1.2.3", false)]
    [InlineData("10.1.2.2/31", "10.1.2.4", true)]
    [InlineData("10.1.2.3", "::ffff:10.1.2.3", false)]
    [InlineData("10.1.2.3", "[::ffff:10.1.2.3]", false)]
    [InlineData("loopback", "127.255.255.255", false)]
    [InlineData("loopback", "128.0.0.0", true)]
    [InlineData("loopback", "::1", false)]
    [InlineData("private", "9.255.255.255", true)]
    [InlineData("private", "10.0.0.0", false)]
    [InlineData("private", "172.31.255.255", false)]
    [InlineData("private", "172.32.0.0", true)]
    [InlineData("private", "192.168.255.255", false)]
    [InlineData("private", "100.127.255.255", false)]
    [InlineData("private", "100.128.0.0", true)]
    [InlineData("private", "fdff::1", false)]
    [InlineData("private", "fe00::1", true)]
    [InlineData("*", "8.8.8.8", false)]
    public async Task ResolveAsync_DeniedHost_IsRefused(string deny, string host, bool allowed) =>
        (await new PolicyUnderTest(deny, names: [.. names, ("DB.Example.Com", ["10.1.2.3"])]).AllowsAsync(host)).ShouldBe(allowed);

    [Theory]
    [InlineData("*", "db.example.com", "db.example.com", true)]
    [InlineData("*", "db.example.com", "10.1.2.3", false)]
    [InlineData("*", "10.1.0.0/16,93.184.216.34", "example.com", true)]
    [InlineData("*", "10.1.0.0/16", "two.example.com", false)]
    [InlineData("private", "10.1.2.3", "10.1.2.3", true)]
    [InlineData("private", "10.1.2.3", "10.1.2.4", false)]
    public async Task ResolveAsync_ExceptionToADeniedHost_IsAllowedWhenAllItsAddressesAre(string deny, string allow, string host, bool allowed) =>
        (await new PolicyUnderTest(deny, allow, names).AllowsAsync(host)).ShouldBe(allowed);

    [Fact]
    public async Task ResolveAsync_OneOfSeveralAddressesRefused_RefusesAll() =>
        (await new PolicyUnderTest(names: ("rebind.example.com", ["93.184.216.34", "169.254.169.254"])).AllowsAsync("rebind.example.com")).ShouldBeFalse();

    [Theory]
    [InlineData("10.0.0.0/33"), InlineData("http://x"), InlineData("a/b"), InlineData("x;y")]
    public void Options_EntryWithoutMeaning_IsFoundAtStart(string entry)
    {
        using var provider = new ServiceCollection().AddSources(o => o.HostsDeny = [entry]).BuildServiceProvider();

        Should.Throw<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate())
            .Message.ShouldStartWith($"ASSAY_HOSTS_DENY: '{entry}' is ");
    }
}
