using AuthServer.Web.Commands;
using AuthServer.Web.Startup;

try
{
    if (await CommandLine.RunAsync(args) is { } done)
        return done;
    var app = AuthServerApp.Build(args);
    await AuthServerApp.PrepareAsync(app);
    await app.RunAsync();
    return 0;
}
catch (Exception reason) when (reason is StartupException or InvalidDataException)
{
    await Console.Error.WriteLineAsync(reason.Message);
    return 1;
}
