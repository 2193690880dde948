using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Nodes;

/// <summary>
/// Two nodes of one deployment: the same PostgreSQL database, the same master key, data directories of their own.
/// </summary>
public sealed class TwoNodes : IAsyncLifetime
{
    public const string Issuer = "http://login.example.com/";

    private readonly TemporaryDirectory directory = new();
    private TestServer? first;
    private TestServer? second;

    public TestServer First =>
        first ?? throw Requires.Missing("AUTHSERVER_TEST_POSTGRES, a PostgreSQL server for the tests,");

    public TestServer Second =>
        second ?? throw Requires.Missing("AUTHSERVER_TEST_POSTGRES, a PostgreSQL server for the tests,");

    public async ValueTask InitializeAsync()
    {
        if (TestPostgres.DatabaseOf(directory.Path) is not { } postgres)
            return;
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AuthServer:Issuer"] = Issuer,
            ["AuthServer:MasterKey"] = Convert.ToBase64String(Core.OpaqueToken.Bytes(32)),
            ["ConnectionStrings:Postgres"] = postgres,
        };

        // Both at once, on an empty store.
        var started = await Task.WhenAll(
            Task.Run(() => new TestServer(settings: settings)), Task.Run(() => new TestServer(settings: settings)));
        (first, second) = (started[0], started[1]);
    }

    public async ValueTask DisposeAsync()
    {
        if (first is not null)
            await first.DisposeAsync();
        if (second is not null)
            await second.DisposeAsync();
        directory.Dispose();
    }
}
