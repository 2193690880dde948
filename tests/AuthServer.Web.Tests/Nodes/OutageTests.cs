using System.Net;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Nodes;

/// <summary>
/// While PostgreSQL is away nothing is taken for success, what needs no store is served, and it heals by itself.
/// </summary>
public sealed class OutageTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    [Fact]
    public async Task An_outage_is_a_503_for_what_needs_the_store_and_over_when_it_is_over()
    {
        if (TestPostgres.Server is null)
            throw Requires.Missing("AUTHSERVER_TEST_POSTGRES, a PostgreSQL server for the tests,");
        await using var server = new TestServer(
            directory.Path,
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["ConnectionStrings:Postgres"] = TestPostgres.DatabaseOf(directory.Path),
            });
        var client = await server.AddClientAsync();
        var oauth = new OAuth(server);
        var tokens = await oauth.GetTokensAsync(client, "openid offline_access");

        TestPostgres.Cut(directory.Path);
        var refused = await oauth.RefreshAsync(client, tokens["refresh_token"]);
        var revoked = await oauth.PostAsync(
            "/oauth/revoke",
            ("client_id", client.ClientId),
            ("client_secret", TestData.Secret),
            ("token", tokens["refresh_token"]));
        var keys = await GetAsync(server, "/.well-known/jwks.json");
        var metadata = await GetAsync(server, "/.well-known/openid-configuration");
        var ready = await GetAsync(server, "/readyz");
        TestPostgres.Mend(directory.Path);
        var healed = await oauth.RefreshAsync(client, tokens["refresh_token"]);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "temporarily_unavailable"), (refused.Status, refused.Error));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, revoked.Status);
        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (keys, metadata, ready));
        Assert.Equal(HttpStatusCode.OK, healed.Status);
    }

    public void Dispose() => directory.Dispose();

    private static async Task<HttpStatusCode> GetAsync(TestServer server, string path)
    {
        using var http = server.NewHttp();
        using var answer = await http.GetAsync(path);
        return answer.StatusCode;
    }
}
