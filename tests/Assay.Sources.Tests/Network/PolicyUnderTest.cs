using Assay.Sources.Network;

namespace Assay.Sources.Tests.Network;

/// <summary>A host policy over made-up names.</summary>
internal sealed class PolicyUnderTest
{
    public PolicyUnderTest(string deny = "", string allow = "", params (string Name, string[] Addresses)[] names)
        : this(new FixedHostNames(names), deny, allow)
    {
    }

    public PolicyUnderTest(IHostNames names, string deny = "", string allow = "", TimeProvider? time = null)
    {
        var options = new SourcesOptions { HostsDeny = SourcesOptions.Split(deny), HostsAllow = SourcesOptions.Split(allow) };
        Own = new OwnEndpoints(new LocalAddresses(TimeProvider.System), names);
        Policy = new HostPolicy(options, Own, names, time ?? TimeProvider.System);
    }

    public OwnEndpoints Own { get; }
    public HostPolicy Policy { get; }

    public Task<HostVerdict> ResolveAsync(string host, int port = 5432) => Policy.ResolveAsync(host, port, TestContext.Current.CancellationToken);

    public async Task<bool> AllowsAsync(string host, int port = 5432) => (await ResolveAsync(host, port)).Allowed;
}
