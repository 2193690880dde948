using System.Net;
using System.Net.Sockets;
using AuthServer.Storage;
using AuthServer.Storage.Keys;
using AuthServer.Storage.Sqlite;
using AuthServer.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Faults;

/// <summary>
/// Server processes with a store of their own, which are killed and started again at the same addresses.
/// </summary>
public sealed class Deployment : IAsyncDisposable
{
    private readonly Dictionary<string, string> settings;
    private readonly ServerProcess?[] nodes;
    private readonly int[] ports;
    private int turn;

    private Deployment(Place place, string directory, IReadOnlyDictionary<string, string>? more)
    {
        (Place, Data) = (place, directory);
        nodes = new ServerProcess?[place.Nodes];
        ports = [.. nodes.Select(_ => ServerProcess.FreePort())];
        Postgres = place.Embedded ? null : TestPostgres.DatabaseOf(directory);
        settings = new(StringComparer.Ordinal)
        {
            ["AuthServer__Issuer"] = Address.ToString(),
            ["AuthServer__RateLimits__Enabled"] = "false",
            ["AuthServer__PasswordHashing__MaxWaiting"] = "1000",
            ["AuthServer__TrustedProxies__0"] = "127.0.0.1",
            ["ConnectionStrings__Postgres"] = Postgres ?? "",
        };
        foreach (var (name, value) in more ?? new Dictionary<string, string>(StringComparer.Ordinal))
            settings[name] = value;
    }

    public Place Place { get; }

    public string Data { get; }

    /// <summary>The connection string of its database; null where the store is embedded.</summary>
    public string? Postgres { get; }

    public string Database => Path.Combine(Data, StorageServices.DatabaseFile);

    /// <summary>The issuer; <see cref="NewHttp"/> chooses the node of a connection.</summary>
    public Uri Address => new($"http://127.0.0.1:{ports[0]}/");

    /// <summary>What its processes have used, user and system.</summary>
    public TimeSpan Cpu => nodes.Aggregate(TimeSpan.Zero, (sum, node) => sum + (node?.Cpu ?? TimeSpan.Zero));

    /// <param name="place">Which store, how many nodes.</param>
    /// <param name="directory">The data directory; a new one when null.</param>
    /// <param name="settings">More configuration.</param>
    public static async Task<Deployment> StartAsync(
        Place place, string? directory = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var deployment = new Deployment(
            place, directory ?? Directory.CreateTempSubdirectory("authserver-faults-").FullName, settings);
        for (var node = 0; node < place.Nodes; node++)
            await deployment.ComeAsync(node);
        return deployment;
    }

    /// <summary>Starts a node that does not run.</summary>
    public async Task ComeAsync(int node) =>
        nodes[node] ??= await ServerProcess.StartAsync(Data, ports[node], settings);

    /// <summary><c>kill -9</c>.</summary>
    public async Task DieAsync(int node)
    {
        if (Interlocked.Exchange(ref nodes[node], null) is { } server)
            await server.DisposeAsync();
    }

    /// <summary>A client whose connections go to the living nodes in turn, as through a proxy.</summary>
    public HttpClient NewHttp(TimeSpan? patience = null) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectCallback = async (_, ct) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, NextPort(), ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    })
    {
        BaseAddress = Address,
        Timeout = patience ?? TimeSpan.FromSeconds(60),
    };

    /// <summary>Its store, to be filled while no node runs.</summary>
    public ServiceProvider OpenStore()
    {
        var key = MasterKey.ReadOrCreate(Data);
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System);
        return (Postgres is { } postgres
            ? services.AddPostgresStorage(postgres, _ => key)
            : services.AddSqliteStorage(_ => Data, _ => key)).BuildServiceProvider();
    }

    /// <exception cref="InvalidDataException">The store did not open clean.</exception>
    public void Examine()
    {
        if (Place.Embedded)
            SqliteBackup.Check(Database);
    }

    public async ValueTask DisposeAsync()
    {
        for (var node = 0; node < nodes.Length; node++)
            await DieAsync(node);
        if (Directory.Exists(Data))
            Directory.Delete(Data, recursive: true);
        TestPostgres.Drop(Data);
    }

    private int NextPort()
    {
        var living = Enumerable.Range(0, nodes.Length).Where(node => nodes[node] is not null).ToList();
        return living.Count == 0
            ? ports[0]
            : ports[living[(Interlocked.Increment(ref turn) & int.MaxValue) % living.Count]];
    }
}
