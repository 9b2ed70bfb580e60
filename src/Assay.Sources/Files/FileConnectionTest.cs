using System.Diagnostics;
using System.Text;
using Assay.Sources.Contract;
using Assay.Sources.Files.Paths;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.Files;

/// <summary>
/// Tries a store step by step, within ten seconds altogether. One listing request answers whether the endpoint is there, the
/// credentials are taken, the bucket exists and may be listed, since rights to ask these one by one are often not given.
/// </summary>
internal sealed class FileConnectionTest(TimeProvider time)
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public async Task<TestReport> RunAsync(IFileStore store, RootPath root, TestIntent intent, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        var run = new Run(intent.ForWriting);
        try
        {
            await TryAsync(store, root, run, both.Token);
            return run.Report(null);
        }
        catch (SourceException refused)
        {
            return run.Report(refused.Fault);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return run.Report(new SourceFault(
                SourceFaultCode.TimedOut, run.Current, $"The store did not answer within {Limit.TotalSeconds:0} seconds."));
        }
    }

    private static async Task TryAsync(IFileStore store, RootPath root, Run run, CancellationToken cancel)
    {
        StoredFile? sample = null;
        var any = false;
        await foreach (var file in store.ListAsync(root.Prefix, 10, true, cancel))
        {
            any = true;
            sample ??= file.Size > 0 ? file : null;
            break;
        }
        run.Pass(FileSteps.Endpoint, null);
        run.Pass(FileSteps.Credentials, null);
        run.Pass(FileSteps.Bucket, null);
        if (any) run.Pass(FileSteps.List, null);
        else run.Warn(FileSteps.List, $"There is nothing under {root.Display} yet.");

        if (sample is null) run.Skip(FileSteps.Read, "There is no file to try.");
        else
        {
            await using (var content = await store.OpenAsync(sample.Key, 0, 1, cancel)) _ = await content.ReadAsync(new byte[1], cancel);
            run.Pass(FileSteps.Read, sample.Key);
        }
        if (!run.ForWriting) return;

        var probe = $"{root.Prefix}.assay-write-test-{Guid.NewGuid():N}";
        await store.WriteAsync(probe, () => new MemoryStream(Encoding.UTF8.GetBytes("Assay tries whether it may write here. This file can be deleted.")), cancel);
        run.Pass(FileSteps.Write, null);
        await store.DeleteAsync(probe, cancel);
        run.Pass(FileSteps.Delete, null);
    }

    /// <summary>The steps so far. A fault says itself which step it belongs to: those before it have passed, those after it are skipped.</summary>
    private sealed class Run(bool forWriting)
    {
        private static readonly string[] Reading = [FileSteps.Endpoint, FileSteps.Credentials, FileSteps.Bucket, FileSteps.List, FileSteps.Read];
        private readonly string[] order = forWriting ? [.. Reading, FileSteps.Write, FileSteps.Delete] : Reading;
        private readonly List<TestStep> steps = [];
        private long since = Stopwatch.GetTimestamp();

        public bool ForWriting => forWriting;
        public string Current => order[Math.Min(steps.Count, order.Length - 1)];

        public void Pass(string step, string? detail) => Add(step, TestStepResult.Passed, detail);
        public void Warn(string step, string detail) => Add(step, TestStepResult.Warning, detail);
        public void Skip(string step, string detail) => Add(step, TestStepResult.Skipped, detail);

        public TestReport Report(SourceFault? fault)
        {
            if (fault is null) return new TestReport(steps, null);
            foreach (var passed in order.Skip(steps.Count).TakeWhile(step => step != fault.Step).ToList()) Pass(passed, null);
            Add(fault.Step, TestStepResult.Failed, fault.Message);
            foreach (var skipped in order.SkipWhile(step => step != fault.Step).Skip(1)) Skip(skipped, "Not tried.");
            return new TestReport(steps, fault);
        }

        private void Add(string step, TestStepResult result, string? detail)
        {
            steps.Add(new TestStep(step, result, detail, (long)Stopwatch.GetElapsedTime(since).TotalMilliseconds));
            since = Stopwatch.GetTimestamp();
        }
    }
}
