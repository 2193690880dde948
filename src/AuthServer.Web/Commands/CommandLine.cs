using AuthServer.Actions.Child;
using AuthServer.Actions.Pool;
using AuthServer.Storage;
using AuthServer.Web.Startup;

namespace AuthServer.Web.Commands;

/// <summary>
/// Commands that the program runs instead of serving, by its first argument; configured like the server.
/// </summary>
internal static class CommandLine
{
    private const string Usage = """
        AuthServer.Web                                 runs the server
        AuthServer.Web backup FILE                     writes the embedded store and its key to a new tar file; the
                                                       server may run
        AuthServer.Web restore FILE [--end-sessions]   fills an empty data directory from such a file, and may end
                                                       every session and authorization in it
        AuthServer.Web certificate FILE                writes a certificate of the development CA for the issuer's
                                                       host, with its key: for a proxy on a developer's machine
        AuthServer.Web administrator USER              gives the user with this address or id the role Administrator,
                                                       which opens the dashboard; the server may run
        """;

    /// <returns>The exit code; null when no command was named and the server is to run.</returns>
    /// <exception cref="StartupException">It can't be done; the message says why.</exception>
    public static async Task<int?> RunAsync(string[] args)
    {
        try
        {
            return await DispatchAsync(args);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(failure.Message);
        }
        catch (Exception failure) when (StoreFailure.CauseOf(failure) is { } cause)
        {
            throw new StartupException($"The store can't be used: {cause}.");
        }
    }

    private static async Task<int?> DispatchAsync(string[] args)
    {
        switch (args)
        {
            case [] or [['-', '-', ..], ..]:
                return null;
            // The server starts itself so, to execute Actions (docs/actions.md).
            case [ActionCommand.Name]:
                return ActionChild.Run();
            case ["backup", var file]:
                Backup.Take(EmbeddedStore(), file);
                Console.WriteLine(
                    $"Backed up to {file}. It holds every secret of this server: keep it as you keep the key.");
                return 0;
            case ["restore", var file]:
                return await RestoreAsync(file, endSessions: false);
            case ["restore", var file, "--end-sessions"]:
                return await RestoreAsync(file, endSessions: true);
            case ["certificate", var file]:
                ProxyCertificate.Write(ReadOptions(WebApplication.CreateBuilder().Configuration), file);
                return 0;
            case ["administrator", var name]:
                await using (var app = AuthServerApp.Build([]))
                {
                    var userId = await AdministratorCommand.RunAsync(app.Services, name, CancellationToken.None);
                    Console.WriteLine($"The user {userId} has the role Administrator.");
                }

                return 0;
            default:
                throw new StartupException(Usage);
        }
    }

    private static async Task<int> RestoreAsync(string file, bool endSessions)
    {
        var data = EmbeddedStore();
        await Backup.RestoreAsync(data, file, endSessions, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        Console.WriteLine($"Restored to {data.Path}. Start the server.");
        return 0;
    }

    private static DataDirectory EmbeddedStore()
    {
        var configuration = WebApplication.CreateBuilder().Configuration;
        if (configuration.GetConnectionString("Postgres") is { Length: > 0 })
            throw new StartupException(
                "The store is PostgreSQL: back it up with its own tools. docs/operations.md has the commands.");
        return DataDirectory.Open(ReadOptions(configuration).DataDirectory);
    }

    private static ServerOptions ReadOptions(IConfiguration configuration)
    {
        var options = new ServerOptions();
        ServerOptions.Bind(options, configuration);
        return options;
    }
}
