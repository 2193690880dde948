using AuthServer.Web.Commands;
using AuthServer.Web.Startup;
using Microsoft.Extensions.Options;

FileCreationMask.Set();
try
{
    if (await CommandLine.RunAsync(args) is { } done)
        return done;
    await using var app = AuthServerApp.Build(args);
    await AuthServerApp.PrepareAsync(app);
    await AuthServerApp.StartAsync(app);
    await app.WaitForShutdownAsync();
    return Environment.ExitCode;
}
catch (Exception reason) when (reason is StartupException or InvalidDataException)
{
    await Console.Error.WriteLineAsync(reason.Message);
    return 1;
}
catch (OptionsValidationException invalid)
{
    await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, invalid.Failures));
    return 1;
}
