using AuthServer.Web.Startup;

try
{
    var app = AuthServerApp.Build(args);
    await AuthServerApp.PrepareAsync(app);
    await app.RunAsync();
    return 0;
}
catch (StartupException reason)
{
    await Console.Error.WriteLineAsync(reason.Message);
    return 1;
}
