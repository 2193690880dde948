using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Token;

/// <summary>RFC 6749 §4.4: a machine gets what its client grant says.</summary>
public sealed class ClientCredentialsTests(RunningServer running) : IClassFixture<RunningServer>
{
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);

    [Fact]
    public async Task The_token_has_the_claims_of_the_contract()
    {
        var (client, api) = await MachineAsync("read:contacts");

        var answer = await AskAsync(client, api);

        Assert.Equal(
            ["access_token", "expires_in", "scope", "token_type"],
            answer.Json.EnumerateObject().Select(member => member.Name).Order());
        var claims = OAuth.ClaimsOf(answer["access_token"]);
        Assert.Equal(
            ["iss", "sub", "aud", "iat", "exp", "scope", "gty", "azp"],
            claims.EnumerateObject().Select(claim => claim.Name));
        Assert.Equal(client.ClientId + "@clients", claims.GetProperty("sub").GetString());
        Assert.Equal("client-credentials", claims.GetProperty("gty").GetString());
        Assert.Equal("86400", answer["expires_in"]);
    }

    [Theory]
    [InlineData("read:contacts", "read:contacts")]
    [InlineData("read:contacts write:contacts", "read:contacts")]
    [InlineData("openid offline_access read:contacts read:users *", "read:contacts")]
    [InlineData(null, "read:contacts")]
    public async Task Only_granted_scopes_are_given(string? asked, string given)
    {
        var (client, api) = await MachineAsync("read:contacts");

        var answer = await AskAsync(client, api, ("scope", asked));

        Assert.Equal(given, answer["scope"]);
        Assert.Null(answer["refresh_token"]);
        Assert.Null(answer["id_token"]);
    }

    [Fact]
    public async Task Asking_only_for_what_was_not_granted_is_refused()
    {
        var (client, api) = await MachineAsync("read:contacts");

        var answer = await AskAsync(client, api, ("scope", "write:contacts"));

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_scope"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task A_scope_that_the_api_dropped_is_no_longer_given()
    {
        var (client, api) = await MachineAsync("read:contacts write:contacts");
        Assert.Equal("read:contacts write:contacts", (await AskAsync(client, api))["scope"]);

        await server.ChangeAsync<ResourceServer>(
            a => a.Name == api, a => a.Scopes = [new ApiScope("read:contacts", null)]);

        Assert.Equal("read:contacts", (await AskAsync(client, api))["scope"]);
        Assert.Equal("invalid_scope", (await AskAsync(client, api, ("scope", "write:contacts"))).Error);
    }

    [Fact]
    public async Task A_grant_of_all_scopes_follows_the_api()
    {
        var (client, api) = await MachineAsync("read:contacts");
        await server.ChangeAsync<ClientGrant>(
            grant => grant.ClientId == client.ClientId, grant => grant.AllowsAllScopes = true);

        Assert.Equal("read:contacts write:contacts", (await AskAsync(client, api))["scope"]);
        Assert.Equal("write:contacts", (await AskAsync(client, api, ("scope", "write:contacts other")))["scope"]);
    }

    [Fact]
    public async Task Without_a_client_grant_no_machine_gets_a_token_for_an_api()
    {
        var (_, api) = await MachineAsync("read:contacts");
        var stranger = await server.AddClientAsync(c => c.GrantTypes = ["client_credentials"]);

        foreach (var audience in (string[])[api, server.Issuer.Value + "api/v2/"])
        {
            var answer = await AskAsync(stranger, audience);
            Assert.Equal((HttpStatusCode.Forbidden, "access_denied"), (answer.Status, answer.Error));
        }
    }

    [Fact]
    public async Task An_unknown_audience_is_not_found()
    {
        var (client, _) = await MachineAsync("read:contacts");

        var answer = await AskAsync(client, "https://nowhere.example.com");

        Assert.Equal(
            (HttpStatusCode.Forbidden, "Service not found: https://nowhere.example.com"),
            (answer.Status, answer["error_description"]));
    }

    [Fact]
    public async Task A_missing_audience_is_refused_when_there_is_no_default()
    {
        var (client, _) = await MachineAsync("read:contacts");

        Assert.Equal(
            (HttpStatusCode.Forbidden, "access_denied"),
            ((await AskAsync(client, null)).Status, (await AskAsync(client, null)).Error));
    }

    [Fact]
    public async Task The_first_start_makes_a_client_with_every_management_scope()
    {
        var answer = await oauth.PostAsync(
            "/oauth/token",
            ("grant_type", "client_credentials"),
            ("client_id", TestServer.ClientId),
            ("client_secret", TestServer.ClientSecret),
            ("audience", server.Issuer.Value + "api/v2/"));

        var claims = OAuth.ClaimsOf(answer["access_token"]);
        Assert.Equal(server.Issuer.Value + "api/v2/", claims.GetProperty("aud").GetString());
        Assert.Contains("update:tenant_settings", claims.GetProperty("scope").GetString()!.Split(' '));
    }

    [Fact]
    public async Task A_client_without_the_grant_type_is_unauthorized()
    {
        var client = await server.AddClientAsync();

        var answer = await AskAsync(client, TestData.Api);

        Assert.Equal((HttpStatusCode.BadRequest, "unauthorized_client"), (answer.Status, answer.Error));
        Assert.Equal("Grant type 'client_credentials' not allowed for the client.", answer["error_description"]);
    }

    private Task<Answer> AskAsync(Client client, string? audience, params (string, string?)[] more) =>
        oauth.TokenAsync(client, [("grant_type", "client_credentials"), ("audience", audience), .. more]);

    private async Task<(Client Client, string Api)> MachineAsync(string scope)
    {
        var client = await server.AddClientAsync(c => c.GrantTypes = ["client_credentials"]);
        var api = await server.AddApiAsync(identifier: $"https://{client.ClientId}.example.com");
        await server.AddClientGrantAsync(client.ClientId, api.Identifier, scope);
        return (client, api.Identifier);
    }
}
