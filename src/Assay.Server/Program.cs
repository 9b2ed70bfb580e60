using Assay.Server.Startup;

return await CommandLine.RunAsync(args);
