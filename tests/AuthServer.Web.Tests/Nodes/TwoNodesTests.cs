using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Nodes;

/// <summary>
/// Several stateless nodes are one server: all nodes see the same state. Races for single-use values are in
/// <see cref="RaceTests"/>.
/// </summary>
public sealed class TwoNodesTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    [Fact]
    public async Task Two_nodes_that_meet_an_empty_store_make_one_first_run()
    {
        var (settings, clients, keys) = await nodes.First.WithAsync<AuthDbContext, (int, int, int)>(async db =>
            (await db.TenantSettings.CountAsync(),
                await db.Clients.CountAsync(c => c.ClientId == TestServer.ClientId),
                await db.DataProtectionKeys.CountAsync()));

        Assert.Equal((1, 1, 1), (settings, clients, keys));
        Assert.Equal(await KeyIdsAsync(nodes.First), await KeyIdsAsync(nodes.Second));
    }

    [Fact]
    public async Task A_session_of_one_node_is_a_session_of_the_other()
    {
        var client = await nodes.First.AddClientAsync();
        var cookie = await nodes.First.StartSessionAsync();

        using var answer = await new OAuth(nodes.Second).AuthorizeAsync(
            OAuth.RequestOf(client, ("prompt", "none")), cookie);

        Assert.True(OAuth.Redirected(answer).ContainsKey("code"));
    }

    [Fact]
    public async Task A_login_page_of_one_node_is_answered_by_the_other()
    {
        var client = await nodes.First.AddClientAsync();
        using var begun = await new OAuth(nodes.First).AuthorizeAsync(OAuth.RequestOf(client));

        using var http = nodes.Second.NewHttp();
        using var page = await http.GetAsync(begun.Headers.Location!);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task A_setting_that_one_node_changed_counts_on_the_other_within_a_second()
    {
        await NameOnAsync(nodes.Second);
        using var http = await AdministratorAsync();
        using var changed = await http.PatchAsync(
            "/api/v2/tenants/settings", JsonContent.Create(new { friendly_name = "Renamed on one node" }));

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        await Eventually.UntilAsync(
            async () => (await NameOnAsync(nodes.Second)).Contains("Renamed on one node", StringComparison.Ordinal),
            "The other node shows the old name.");
    }

    [Fact]
    public async Task A_client_that_is_deleted_on_one_node_gets_nothing_on_the_other_within_a_second()
    {
        using var http = await AdministratorAsync();
        using var created = await http.PostAsJsonAsync(
            "/api/v2/clients",
            new
            {
                name = "Short-lived",
                app_type = "non_interactive",
                grant_types = new[] { "client_credentials" },
            });
        var client = await created.Content.ReadFromJsonAsync<JsonElement>();
        var (id, secret) = (
            client.GetProperty("client_id").GetString()!, client.GetProperty("client_secret").GetString()!);
        Assert.NotEqual("invalid_client", await RefusalOnTheOtherAsync(id, secret));

        using var deleted = await http.DeleteAsync("/api/v2/clients/" + id);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await Eventually.UntilAsync(
            async () => await RefusalOnTheOtherAsync(id, secret) == "invalid_client",
            "The other node still knows the client.");
    }

    [Fact]
    public async Task A_revoked_grant_is_dead_on_the_other_node_at_once()
    {
        var client = await nodes.First.AddClientAsync();
        var tokens = await new OAuth(nodes.First).GetTokensAsync(client, "openid offline_access");

        await new OAuth(nodes.First).PostAsync(
            "/oauth/revoke",
            ("client_id", client.ClientId),
            ("client_secret", TestData.Secret),
            ("token", tokens["refresh_token"]));

        Assert.Equal(
            "invalid_grant", (await new OAuth(nodes.Second).RefreshAsync(client, tokens["refresh_token"])).Error);
    }

    private async Task<string?> RefusalOnTheOtherAsync(string clientId, string secret) =>
        (await new OAuth(nodes.Second).PostAsync(
                "/oauth/token",
                ("grant_type", "client_credentials"),
                ("client_id", clientId),
                ("client_secret", secret),
                ("audience", "urn:nothing"))).Error;

    [Fact]
    public async Task Wrong_passwords_are_counted_and_forgiven_on_both_nodes()
    {
        var user = await nodes.First.AddUserAsync("locked@example.com", "four unrelated words here");
        await nodes.First.ChangeSettingsAsync(settings => settings.DefaultDirectory = Connection.DefaultDatabase);
        var client = await nodes.First.AddClientAsync(c => c.GrantTypes = ["password"]);
        for (var i = 0; i < 10; i++)
            await TryAsync(i % 2 == 0 ? nodes.First : nodes.Second, "wrong");
        Assert.Equal("invalid_grant", (await TryAsync(nodes.First)).Error);
        Assert.Equal("invalid_grant", (await TryAsync(nodes.Second)).Error);

        using var http = await AdministratorAsync();
        var shown = await http.GetStringAsync($"/api/v2/user-blocks/{user.UserId}");
        using var lifted = await http.DeleteAsync($"/api/v2/user-blocks/{user.UserId}");

        Assert.Contains("locked@example.com", shown, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, lifted.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await TryAsync(nodes.First)).Status);
        Assert.Equal(HttpStatusCode.OK, (await TryAsync(nodes.Second)).Status);

        Task<Answer> TryAsync(TestServer node, string password = "four unrelated words here") =>
            new OAuth(node).TokenAsync(
                client, ("grant_type", "password"), ("username", "locked@example.com"), ("password", password));
    }

    [Fact]
    public async Task A_file_of_users_is_imported_once()
    {
        using var http = await AdministratorAsync();
        var connections = await http.GetFromJsonAsync<JsonElement>("/api/v2/connections");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(connections[0].GetProperty("id").GetString()!), "connection_id" },
            {
                JsonContent.Create(Enumerable.Range(0, 500).Select(i => new { email = $"once{i}@example.com" })),
                "users",
                "users.json"
            },
        };

        // Each claim of the first node is over for the second: only the position keeps them apart.
        nodes.Second.Time.Advance(TimeSpan.FromSeconds(6));
        using var answer = await http.PostAsync("/api/v2/jobs/users-imports", form);
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;

        await Eventually.UntilAsync(
            async () => (await JobAsync()).GetProperty("status").GetString() != "pending", "The job does not end.");
        nodes.Second.Time.Advance(TimeSpan.FromSeconds(-6));

        var summary = (await JobAsync()).GetProperty("summary");
        Assert.Equal(
            (500, 0), (summary.GetProperty("inserted").GetInt32(), summary.GetProperty("failed").GetInt32()));

        Task<JsonElement> JobAsync() => http.GetFromJsonAsync<JsonElement>("/api/v2/jobs/" + id);
    }

    private async Task<HttpClient> AdministratorAsync()
    {
        var http = nodes.First.NewHttp();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", await http.GetManagementTokenAsync(TwoNodes.Issuer));
        return http;
    }

    private static async Task<string> NameOnAsync(TestServer node)
    {
        using var http = node.NewHttp();
        http.DefaultRequestHeaders.Add("Accept", "text/html");
        return await http.GetStringAsync("/");
    }

    private static async Task<string> KeyIdsAsync(TestServer node)
    {
        using var http = node.NewHttp();
        return await http.GetStringAsync("/.well-known/jwks.json");
    }
}
