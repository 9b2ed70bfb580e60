using Assay.EngineHost.Http;
using Assay.EngineHost.Lifetime;
using Assay.EngineHost.Native;

var options = RunOptions.Parse(args);
var secret = ParentWatch.ReadSecret();
OutOfMemory.VolunteerFirst();
// Dates without a zone mean UTC, whatever the machine's own zone is.
Libc.SetEnvironment("TZ", "UTC", 1);
// Each statement can hold a thread that waits at a pipe.
ThreadPool.SetMinThreads(ConnectionPool.Size * 2 + Environment.ProcessorCount, Environment.ProcessorCount);

using var folder = RunFolder.Create(options.Temp);
var pool = ConnectionPool.Open(options.Library, EngineConfig.Write(folder, options));
ParentWatch.Start(folder);
var app = HostServer.Build(options, folder, pool, secret);
await app.StartAsync();
Console.WriteLine($"READY {HostServer.Address(app)}");
await app.WaitForShutdownAsync();
// The library crashes at exit while a connection is open.
pool.Close();
