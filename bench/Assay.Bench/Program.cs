using Assay.Bench;
using Assay.Bench.Datastores;
using Assay.Bench.Evidence;
using Assay.Bench.Hosting;
using Assay.Bench.Onboarding;
using Assay.Bench.Profiles;
using Assay.Bench.Purge;
using Assay.Bench.Reading;
using Assay.Bench.Scans;
using Assay.Bench.Sync;

// The benchmarks run servers as processes of their own: this program again, with another first word.
return args switch
{
    ["serve-assay", .. var rest] => await Servers.ServeAssayAsync(rest),
    ["onboard", .. var rest] => await OnboardBench.RunAsync(Options.Parse(rest)),
    ["sync", .. var rest] => await SyncBench.RunAsync(Options.Parse(rest)),
    ["serve-bare", .. var rest] => await BareServer.ServeAsync(rest),
    ["datastores", .. var rest] => await DatastoreBench.RunAsync(Options.Parse(rest)),
    ["evidence", .. var rest] => await EvidenceBench.RunAsync(Options.Parse(rest)),
    ["materialize", .. var rest] => await MaterializeBench.RunAsync(Options.Parse(rest)),
    ["purge", .. var rest] => await PurgeBench.RunAsync(Options.Parse(rest)),
    ["profile", .. var rest] => await ProfileBench.RunAsync(ProfileSizes.Parse(rest)),
    ["scan", .. var rest] => await ScanBench.RunAsync(ScanSizes.Parse(rest)),
    ["read"] => await ReadBench.RunAsync(),
    _ => Options.Usage(),
};
