namespace Assay.Sources.Tests.Network;

/// <summary>Both sides of the edge of every range that no operator can open.</summary>
public sealed class HostPolicyRangeTests
{
    [Theory]
    [InlineData("169.254.0.0"), InlineData("169.254.169.254"), InlineData("169.254.170.2"), InlineData("169.254.255.255")]
    [InlineData("168.63.129.16"), InlineData("192.0.0.192"), InlineData("100.100.100.200")]
    [InlineData("fe80::"), InlineData("fe80::a9fe:a9fe"), InlineData("febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("fd00:ec2::"), InlineData("fd00:ec2::254"), InlineData("fd00:ec2:ffff:ffff:ffff:ffff:ffff:ffff"), InlineData("fd20:ce::254")]
    [InlineData("0.0.0.0"), InlineData("0.255.255.255"), InlineData("::")]
    [InlineData("224.0.0.0"), InlineData("239.255.255.255"), InlineData("240.0.0.0"), InlineData("255.255.255.255"), InlineData("ff00::"), InlineData("ff02::1")]
    public async Task ResolveAsync_AddressInARefusedRange_IsNotAllowedEvenWhenTheOperatorAllowsAll(string address)
    {
        var verdict = await new PolicyUnderTest(allow: "* 0.0.0.0/0 ::/0").ResolveAsync(address);

        verdict.Fault.ShouldNotBeNull().Code.ShouldBe(SourceFaultCode.HostNotAllowed);
        verdict.Addresses.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("169.253.255.255"), InlineData("169.255.0.0")]
    [InlineData("168.63.129.15"), InlineData("168.63.129.17"), InlineData("192.0.0.191"), InlineData("192.0.0.193")]
    [InlineData("100.100.100.199"), InlineData("100.100.100.201")]
    [InlineData("fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), InlineData("fec0::")]
    [InlineData("fd00:ec1:ffff:ffff:ffff:ffff:ffff:ffff"), InlineData("fd00:ec3::"), InlineData("fd20:ce::253"), InlineData("fd20:ce::255")]
    [InlineData("1.0.0.0"), InlineData("::1"), InlineData("223.255.255.255"), InlineData("feff::")]
    [InlineData("127.0.0.1"), InlineData("10.0.0.1"), InlineData("172.16.0.1"), InlineData("192.168.0.1"), InlineData("fc00::1"), InlineData("8.8.8.8")]
    public async Task ResolveAsync_AddressBesideARefusedRange_IsAllowed(string address) =>
        (await new PolicyUnderTest().ResolveAsync(address)).Addresses.ShouldBe([System.Net.IPAddress.Parse(address)]);

    [Theory]
    [InlineData("::ffff:169.254.169.254", "::ffff:10.0.0.1")]                           // IPv4-mapped
    [InlineData("::169.254.169.254", "::10.0.0.1")]                                     // IPv4-compatible
    [InlineData("::ffff:0:169.254.169.254", "::ffff:0:10.0.0.1")]                       // IPv4-translated
    [InlineData("64:ff9b::169.254.169.254", "64:ff9b::10.0.0.1")]                       // NAT64
    [InlineData("64:ff9b:1:a9fe:a9:fe00::", "64:ff9b:1:a00:0:100::")]                   // NAT64, local prefix of 48 bits
    [InlineData("64:ff9b:1::169.254.169.254", "64:ff9b:1:a00::10.0.0.1")]               // NAT64, local prefix of 96 bits
    [InlineData("2002:a9fe:a9fe::1", "2002:a00:1::1")]                                  // 6to4
    [InlineData("2001:0:a9fe:a9fe::f5ff:fffe", "2001:0:a00:1::f5ff:fffe")]              // Teredo, server
    [InlineData("2001:0:a00:1::5601:5601", "2001:0:a00:1::f5ff:fffe")]                  // Teredo, client
    public async Task ResolveAsync_AddressThatCarriesAnother_IsJudgedByTheCarriedOne(string metadata, string harmless)
    {
        var policy = new PolicyUnderTest();

        (await policy.AllowsAsync(metadata)).ShouldBeFalse();
        (await policy.AllowsAsync(harmless)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("2130706433"), InlineData("0x7f.1"), InlineData("127.1"), InlineData("017700000001")]
    public async Task ResolveAsync_LoopbackInAnOldSpelling_IsJudgedByItsAddress(string spelling) =>
        (await new PolicyUnderTest(new Assay.Sources.Network.SystemHostNames(), deny: "loopback").AllowsAsync(spelling)).ShouldBeFalse();
}
