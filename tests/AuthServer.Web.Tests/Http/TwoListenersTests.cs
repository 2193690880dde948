using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.TestKit;
using AuthServer.Web.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Web.Tests.Http;

/// <summary>
/// In Development each listener is an issuer of its own, and one key signs for all of them: a token is for the issuer
/// that it names (RFC 9068 §4).
/// </summary>
public sealed class TwoListenersTests : IAsyncLifetime
{
    private readonly TestServer server = new(listeners: 2);
    private readonly OAuth first;
    private readonly HttpClient second;
    private readonly Issuer other;
    private Client client = null!;

    public TwoListenersTests()
    {
        first = new OAuth(server);
        other = server.Services.GetRequiredService<IssuerSource>().All.Last();
        second = new HttpClient { BaseAddress = new Uri(other.Value) };
    }

    public async ValueTask InitializeAsync() => client = await server.AddClientAsync(c =>
        c.GrantTypes = ["authorization_code", "client_credentials"]);

    public ValueTask DisposeAsync()
    {
        second.Dispose();
        return server.DisposeAsync();
    }

    [Fact]
    public async Task A_token_of_one_listener_is_inactive_at_the_introspection_of_the_other()
    {
        var api = await server.AddApiAsync();
        await server.AddClientGrantAsync(client.ClientId, api.Identifier, "read:contacts");
        var token = await MachineTokenAsync(api.Identifier);

        var here = await first.PostAsync(
            "/oauth/introspect", ("client_id", client.ClientId), ("client_secret", TestData.Secret), ("token", token));
        using var form = new FormUrlEncodedContent(
            [new("client_id", client.ClientId), new("client_secret", TestData.Secret), new("token", token)]);
        using var there = await second.PostAsync(new Uri("/oauth/introspect", UriKind.Relative), form);

        Assert.Equal("True", here["active"]);
        Assert.Equal("""{"active":false}""", await there.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_token_of_one_listener_is_rejected_at_the_Management_API_of_the_other()
    {
        var api = await server.AddApiAsync(
            a => a.Scopes = [new ApiScope("read:clients", null)], other.Absolute(Issuer.ManagementApi));
        await server.AddClientGrantAsync(client.ClientId, api.Identifier, "read:clients");

        var (status, body) = await GetAsync("/api/v2/clients", await MachineTokenAsync(api.Identifier));

        Assert.Equal((HttpStatusCode.Unauthorized, "Bad issuer"), (status, (string?)body["message"]));
    }

    [Fact]
    public async Task A_token_of_one_listener_is_rejected_at_the_userinfo_of_the_other()
    {
        var api = await server.AddApiAsync();
        var token = (await first.GetTokensAsync(client, "openid", api.Identifier))["access_token"]!;

        var (status, body) = await GetAsync("/userinfo", token);

        Assert.Equal(HttpStatusCode.OK, (await first.UserInfoAsync(token)).Status);
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_token"), (status, (string?)body["error"]));
    }

    private async Task<string> MachineTokenAsync(string audience)
    {
        var answer = await first.TokenAsync(client, ("grant_type", "client_credentials"), ("audience", audience));
        return answer["access_token"]!;
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> GetAsync(string path, string token)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, path);
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await second.SendAsync(message);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
