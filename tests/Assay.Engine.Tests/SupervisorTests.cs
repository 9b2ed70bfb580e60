using System.Diagnostics;
using System.Net.Sockets;

namespace Assay.Engine.Tests;

public sealed class SupervisorTests
{
    private const string Endless = "SELECT count() FROM numbers(10000000000) WHERE NOT ignore(sipHash64(number))";

    [Fact]
    public async Task Engine_NotUsed_StartsNothing()
    {
        await using var session = new EngineSession();

        session.Supervisor.ProcessId.ShouldBeNull();
        Directory.EnumerateFileSystemEntries(session.Temp).ShouldBeEmpty();
    }

    [Fact]
    public async Task Engine_FirstUsesAtOnce_StartOneProcess()
    {
        await using var session = new EngineSession();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => session.Engine.ScalarAsync<long>("SELECT 1")));

        Directory.EnumerateDirectories(session.Temp).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Engine_KilledMidQuery_EndsTheQueryAsEngineDiedAndServesTheNext()
    {
        await using var session = new EngineSession();
        var query = new EngineQuery(Endless);
        var running = session.Engine.ScalarAsync<long>(query);
        await Eventually.HoldsAsync(async () => await session.Engine.GetProgressAsync(query.Id) is not null);
        var first = session.Supervisor.ProcessId!.Value;

        Process.GetProcessById(first).Kill();

        var error = await Should.ThrowAsync<EngineException>(running);
        error.Fault.ShouldBe(EngineFault.EngineDied);
        error.Message.ShouldContain("signal 9");
        (await session.Engine.ScalarAsync<long>("SELECT 1")).ShouldBe(1);
        session.Supervisor.ProcessId.ShouldNotBe(first);
    }

    [Fact]
    public async Task Engine_KilledWhileStreamingOut_IsNoShortResult()
    {
        await using var session = new EngineSession();
        await using var reader = await session.Engine.OpenAsync("SELECT number, repeat('x', 1000) FROM system.numbers");
        await reader.ReadAsync();

        Process.GetProcessById(session.Supervisor.ProcessId!.Value).Kill();

        var error = await Should.ThrowAsync<EngineException>(async () =>
        {
            while (await reader.ReadAsync() is not null)
            {
            }
        });
        error.Fault.ShouldBe(EngineFault.EngineDied);
    }

    [Fact]
    public async Task Engine_KilledWhileStreamingIn_EndsTheUploadAsEngineDied()
    {
        await using var session = new EngineSession();
        await session.Engine.ExecuteAsync("CREATE TABLE t (a Int64) ENGINE = Memory");

        var error = await Should.ThrowAsync<EngineException>(() => session.Engine.InsertAsync("INSERT INTO t FORMAT TSV", async (stream, cancellation) =>
        {
            for (var i = 0; ; i++)
            {
                if (i == 1000)
                    Process.GetProcessById(session.Supervisor.ProcessId!.Value).Kill();
                await stream.WriteAsync("12345\n"u8.ToArray(), cancellation);
            }
        }));

        error.Fault.ShouldBe(EngineFault.EngineDied);
    }

    [Fact]
    public async Task Engine_KilledWhileTheWriterIsSilent_EndsTheUploadAsEngineDied()
    {
        await using var session = new EngineSession();
        await session.Engine.ExecuteAsync("CREATE TABLE t (a Int64) ENGINE = Memory");

        var error = await Should.ThrowAsync<EngineException>(() => session.Engine.InsertAsync("INSERT INTO t FORMAT TSV", async (stream, cancellation) =>
        {
            await stream.WriteAsync("12345\n"u8.ToArray(), cancellation);
            Process.GetProcessById(session.Supervisor.ProcessId!.Value).Kill();
            await Task.Delay(TimeSpan.FromMinutes(10), cancellation);
        }));

        error.Fault.ShouldBe(EngineFault.EngineDied);
    }

    [Fact]
    public async Task RetryOnceAsync_EngineKilledUnderTheOperation_RunsItAgain()
    {
        await using var session = new EngineSession();
        var runs = 0;

        var result = await session.Engine.RetryOnceAsync(async (engine, cancellation) =>
        {
            await engine.ExecuteAsync("CREATE TABLE staging (a Int64) ENGINE = MergeTree ORDER BY a", cancellation);
            if (++runs == 1)
                Process.GetProcessById(session.Supervisor.ProcessId!.Value).Kill();
            return await engine.ScalarAsync<long>("SELECT count() FROM staging", cancellation);
        });

        (result, runs).ShouldBe((0, 2));
    }

    [Fact]
    public async Task Engine_SegmentationFault_TakesOnlyTheChildDown()
    {
        await using var session = new EngineSession();
        await session.Engine.ScalarAsync<long>("SELECT 1");
        // A signal from outside is forgiven once; a faulting instruction, which this stands for, faults again.
        await Eventually.HoldsAsync(async () =>
        {
            if (session.Supervisor.ProcessId is not { } id)
                return true;
            using var kill = Process.Start("kill", ["-SEGV", $"{id}"]);
            await kill.WaitForExitAsync();
            return false;
        });

        (await session.Engine.ScalarAsync<long>("SELECT 2")).ShouldBe(2);
    }

    [Fact]
    public async Task Engine_Idle_IsStoppedAndStartedAgain()
    {
        await using var session = new EngineSession(options => options.IdleStop = TimeSpan.FromSeconds(0.3));
        await session.Engine.ScalarAsync<long>("SELECT 1");

        await Eventually.HoldsAsync(() => session.Supervisor.ProcessId is null && !Directory.EnumerateDirectories(session.Temp).Any());

        (await session.Engine.ScalarAsync<long>("SELECT 2")).ShouldBe(2);
    }

    [Fact]
    public async Task Hold_Idle_KeepsTheEngineAndItsTables()
    {
        await using var session = new EngineSession(options => options.IdleStop = TimeSpan.FromSeconds(0.2));
        using (session.Engine.Hold())
        {
            await session.Engine.ExecuteAsync("CREATE TABLE t (a Int64) ENGINE = Memory");
            await Task.Delay(1000);
            (await session.Engine.ScalarAsync<long>("SELECT count() FROM t")).ShouldBe(0);
        }

        await Eventually.HoldsAsync(() => session.Supervisor.ProcessId is null);
    }

    [Fact]
    public async Task Engine_LeftoversOfDeadRuns_AreSweptAndLivingOnesAreNot()
    {
        await using var living = new EngineSession();
        await living.Engine.ScalarAsync<long>("SELECT 1");
        var dead = Directory.CreateDirectory(Path.Combine(living.Temp, "engine-dead0000dead", "data")).Parent!;
        await File.WriteAllTextAsync(Path.Combine(dead.FullName, "data", "left.bin"), "over");
        await using var second = new EngineSession(options => options.TempFolder = living.Temp);

        await second.Engine.ScalarAsync<long>("SELECT 1");

        dead.Refresh();
        dead.Exists.ShouldBeFalse();
        (await living.Engine.ScalarAsync<long>("SELECT 1")).ShouldBe(1);
        Directory.EnumerateDirectories(living.Temp).Count().ShouldBe(2);
    }

    [Fact]
    public async Task DisposeAsync_RunningEngine_EndsItAndRemovesItsFiles()
    {
        var session = new EngineSession();
        await session.Engine.ScalarAsync<long>("SELECT 1");
        var id = session.Supervisor.ProcessId!.Value;

        await session.DisposeAsync();

        Should.Throw<ArgumentException>(() => Process.GetProcessById(id));
        Directory.Exists(session.Temp).ShouldBeFalse();
    }

    [Fact]
    public async Task Engine_LibraryMissing_SaysWhichFile()
    {
        await using var session = new EngineSession(options => options.LibraryPath = "/no/such/libchdb.so");

        var error = await Should.ThrowAsync<EngineException>(() => session.Engine.ExecuteAsync("SELECT 1"));

        error.Fault.ShouldBe(EngineFault.EngineUnavailable);
        error.Message.ShouldContain("/no/such/libchdb.so");
    }

    [Fact]
    public async Task Engine_LibraryIsNone_FailsToStartAndLeavesNoProcess()
    {
        var file = Path.GetTempFileName();
        await using var session = new EngineSession(options => options.LibraryPath = file);

        (await Should.ThrowAsync<EngineException>(() => session.Engine.ExecuteAsync("SELECT 1"))).Fault.ShouldBe(EngineFault.EngineUnavailable);

        session.Supervisor.ProcessId.ShouldBeNull();
        File.Delete(file);
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Host_WrongSecret_IsRefused(string? key)
    {
        await using var session = new EngineSession();
        await session.Engine.ScalarAsync<long>("SELECT 1");
        var socket = Path.Combine(Directory.GetDirectories(session.Temp)[0], "engine.sock");
        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
                return new NetworkStream(connection, ownsSocket: true);
            },
        });
        if (key is not null)
            client.DefaultRequestHeaders.Add("X-ClickHouse-Key", key);

        foreach (var path in (string[])["/ping", "/?query=SELECT%201", "/elsewhere"])
        {
            using var response = await client.GetAsync($"http://engine{path}");
            ((int)response.StatusCode).ShouldBe(403);
            response.Headers.GetValues("X-ClickHouse-Exception-Code").ShouldBe(["516"]);
        }
    }

    [Fact]
    public async Task Host_CommandLineAndFiles_HoldNoSecret()
    {
        Environment.SetEnvironmentVariable("ASSAY_TEST_SECRET_KEY", new string('A', 64));
        await using var session = new EngineSession();
        await session.Engine.ScalarAsync<long>("SELECT 1");
        var id = session.Supervisor.ProcessId;

        var arguments = await File.ReadAllTextAsync($"/proc/{id}/cmdline");
        var environment = await File.ReadAllTextAsync($"/proc/{id}/environ");

        // The start's secret is 64 hexadecimal digits.
        System.Text.RegularExpressions.Regex.IsMatch(arguments + environment, "[0-9A-F]{64}").ShouldBeFalse();
        File.GetUnixFileMode(Directory.GetDirectories(session.Temp)[0]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task Host_CtrlC_IsForTheParentToDecide()
    {
        await using var session = new EngineSession();
        await session.Engine.ScalarAsync<long>("SELECT 1");
        var id = session.Supervisor.ProcessId;
        using (var kill = Process.Start("kill", ["-INT", $"{id}"]))
            await kill.WaitForExitAsync();
        await Task.Delay(500);

        (await session.Engine.ScalarAsync<long>("SELECT 2")).ShouldBe(2);
        session.Supervisor.ProcessId.ShouldBe(id);
    }

    [Fact]
    public async Task Host_Terminated_ClosesTheEngineAndRemovesItsFiles()
    {
        await using var session = new EngineSession();
        await session.Engine.ScalarAsync<long>("SELECT 1");
        using (var kill = Process.Start("kill", ["-TERM", $"{session.Supervisor.ProcessId}"]))
            await kill.WaitForExitAsync();

        await Eventually.HoldsAsync(() => session.Supervisor.ProcessId is null);
        Directory.EnumerateFileSystemEntries(session.Temp).ShouldBeEmpty();
    }

    [Fact]
    public async Task Host_ParentKilled_EndsToo()
    {
        var temp = Directory.CreateTempSubdirectory("assay-orphan-").FullName;
        var library = Supervision.EngineFiles.FindLibrary(new EngineOptions());
        var host = Supervision.EngineFiles.FindHost(new EngineOptions());
        // The shell is the parent and holds the only writing end of the host's standard input.
        var script = $"coproc \"{host}\" --library=\"{library}\" --temp=\"{temp}\" --memory=1000000000; echo $COPROC_PID; printf '%064d\\n' 0 >&${{COPROC[1]}}; cat <&${{COPROC[0]}}";
        using var parent = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true })!;
        var child = int.Parse((await parent.StandardOutput.ReadLineAsync())!);
        (await parent.StandardOutput.ReadLineAsync())!.ShouldStartWith("READY");

        parent.Kill();

        await Eventually.HoldsAsync(() => !File.Exists($"/proc/{child}/stat") || File.ReadAllText($"/proc/{child}/stat").Contains(") Z "));
        Directory.EnumerateFileSystemEntries(temp).ShouldBeEmpty();
        Directory.Delete(temp, recursive: true);
    }

    [Fact]
    public async Task Host_PathTooLongForASocket_ListensOnALoopbackPort()
    {
        var temp = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"assay-{Guid.NewGuid():n}", new string('x', 100))).FullName;
        await using (var session = new EngineSession(options => options.TempFolder = temp))
            (await session.Engine.ScalarAsync<long>("SELECT 1")).ShouldBe(1);
        Directory.Delete(Path.GetDirectoryName(temp)!, recursive: true);
    }
}
