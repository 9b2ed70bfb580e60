using System.Runtime.InteropServices;
using Assay.Samples;
using Assay.Samples.Data;
using Assay.Samples.Postgres;

if (ServeArguments.Parse(args, out var problem) is not { } arguments)
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine(ServeArguments.Usage);
    return 2;
}

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    await using var server = await LocalPostgres.StartNewAsync(new LocalPostgresOptions { Port = arguments.Port }, stop.Token);
    await SampleRoles.CreateAsync(server, arguments.Password, stop.Token);
    await SampleLoader.LoadAsync(server, arguments.Data ?? SampleFiles.Find(), stop.Token);
    var facts = ServeFacts.Of(server, arguments.Password);
    Console.WriteLine(facts.Text);
    if (arguments.ReadyFile is { } file)
        facts.WriteTo(file);
    await Task.Delay(Timeout.Infinite, stop.Token);
}
catch (OperationCanceledException)
{
    // Asked to stop: the server and its data are gone by now.
}
catch (Exception e) when (e is InvalidOperationException or IOException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
return 0;

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
