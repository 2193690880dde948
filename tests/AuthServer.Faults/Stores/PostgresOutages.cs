using AuthServer.TestKit;
using Npgsql;

namespace AuthServer.Faults.Stores;

/// <summary>Every transaction is read-only, as on a standby.</summary>
internal sealed class ReadOnlyDatabase(Deployment deployment) : Outage(deployment)
{
    public static async Task<Outage> OpenAsync() => new ReadOnlyDatabase(await Deployment.StartAsync(Place.Postgres));

    public override Task BreakAsync() => SetAsync("SET default_transaction_read_only = on");

    public override Task MendAsync() => SetAsync("RESET default_transaction_read_only");

    private Task SetAsync(string what) => Task.Run(() =>
    {
        TestPostgres.Alter(Deployment.Data, what);
        TestPostgres.Disconnect(Deployment.Data);
    });
}

/// <summary>Connections are reset, again and again.</summary>
internal sealed class CutConnections(Deployment deployment) : Outage(deployment)
{
    private readonly CancellationTokenSource mended = new();
    private Task cutting = Task.CompletedTask;

    /// <summary>Changes between two cuts are stored.</summary>
    public override bool IsTotal => false;

    public static async Task<Outage> OpenAsync() => new CutConnections(await Deployment.StartAsync(Place.Postgres));

    public override Task BreakAsync()
    {
        cutting = Task.Run(async () =>
        {
            while (!mended.IsCancellationRequested)
            {
                TestPostgres.Disconnect(Deployment.Data);
                await Task.Delay(50);
            }
        });
        return Task.CompletedTask;
    }

    public override async Task MendAsync()
    {
        await mended.CancelAsync();
        await cutting;
    }

    public override ValueTask DisposeAsync()
    {
        mended.Dispose();
        return base.DisposeAsync();
    }
}

/// <summary>The server sends nothing any more, not even a refusal.</summary>
internal class SilentConnections(Deployment deployment, TcpProxy proxy) : Outage(deployment)
{
    protected TcpProxy Proxy { get; } = proxy;

    public static async Task<Outage> OpenAsync()
    {
        var (deployment, proxy) = await BehindAsync();
        return new SilentConnections(deployment, proxy);
    }

    public override Task BreakAsync()
    {
        Proxy.FallSilent();
        return Task.CompletedTask;
    }

    public override Task MendAsync()
    {
        Proxy.Speak();
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Proxy.DisposeAsync();
    }

    protected static async Task<(Deployment Deployment, TcpProxy Proxy)> BehindAsync()
    {
        var directory = Directory.CreateTempSubdirectory("authserver-faults-").FullName;
        var direct = new NpgsqlConnectionStringBuilder(TestPostgres.DatabaseOf(directory));
        var proxy = new TcpProxy(direct.Port);
        direct.Port = proxy.Port;
        return (await Deployment.StartAsync(
                Place.Postgres, directory,
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["ConnectionStrings__Postgres"] = direct.ConnectionString,
                }),
            proxy);
    }
}

/// <summary>Commits whose acknowledgement is lost.</summary>
internal sealed class LostCommits(Deployment deployment, TcpProxy proxy) : SilentConnections(deployment, proxy)
{
    /// <summary>A statement that is a transaction of its own has no COMMIT.</summary>
    public override bool IsTotal => false;

    public static new async Task<Outage> OpenAsync()
    {
        var (deployment, proxy) = await BehindAsync();
        return new LostCommits(deployment, proxy);
    }

    public override Task BreakAsync()
    {
        Proxy.LoseCommits(true);
        return Task.CompletedTask;
    }

    public override Task MendAsync()
    {
        Proxy.LoseCommits(false);
        return Task.CompletedTask;
    }
}
