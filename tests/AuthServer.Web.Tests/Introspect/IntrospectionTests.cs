using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Introspect;

/// <summary>RFC 7662: which facts of a token are revealed, and to whom.</summary>
public sealed class IntrospectionTests(RunningServer running) : IClassFixture<RunningServer>
{
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);

    [Fact]
    public async Task A_client_learns_about_its_own_tokens()
    {
        var client = await server.AddClientAsync();
        var tokens = await oauth.GetTokensAsync(client, "openid offline_access");

        var access = await IntrospectAsync(client, tokens["access_token"]);
        var refresh = await IntrospectAsync(client, tokens["refresh_token"]);

        Assert.Equal(
            ["active", "iss", "sub", "scope", "token_type", "client_id", "iat", "exp", "aud"],
            access.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            ("True", client.ClientId, "openid offline_access"),
            (refresh["active"], refresh["client_id"], refresh["scope"]));
    }

    [Fact]
    public async Task Another_client_learns_nothing_unless_the_token_is_for_an_api_that_it_may_call()
    {
        var api = await server.AddApiAsync();
        var client = await server.AddClientAsync();
        var (backend, stranger) = (await server.AddClientAsync(), await server.AddClientAsync());
        await server.AddClientGrantAsync(backend.ClientId, api.Identifier, "read:contacts");
        var tokens = await oauth.GetTokensAsync(client, "read:contacts offline_access", api.Identifier);

        Assert.Equal("True", (await IntrospectAsync(backend, tokens["access_token"]))["active"]);
        Assert.Equal(
            ["active"],
            (await IntrospectAsync(stranger, tokens["access_token"])).Json.EnumerateObject().Select(m => m.Name));
        Assert.Equal("False", (await IntrospectAsync(backend, tokens["refresh_token"]))["active"]);
    }

    [Fact]
    public async Task A_used_revoked_expired_forged_or_unknown_token_is_inactive()
    {
        var client = await server.AddClientAsync(c => c.RefreshTokens = new RefreshTokenPolicy { Rotating = true });
        var tokens = await oauth.GetTokensAsync(client, "openid offline_access");
        var next = await oauth.RefreshAsync(client, tokens["refresh_token"]);
        var other = await oauth.GetTokensAsync(client, "openid");
        server.Time.Advance(TimeSpan.FromSeconds(86_401));

        foreach (var token in (string?[])
                [tokens["refresh_token"], other["access_token"], other["id_token"], "unknown", "a.b.c"])
            Assert.Equal("False", (await IntrospectAsync(client, token))["active"]);
        Assert.Equal("True", (await IntrospectAsync(client, next["refresh_token"]))["active"]);
    }

    [Fact]
    public async Task The_token_of_a_deleted_client_is_inactive()
    {
        var api = await server.AddApiAsync(identifier: "https://backend.example.com/");
        var backend = await server.AddClientAsync();
        var machine = await server.AddClientAsync(c => c.GrantTypes = ["client_credentials"]);
        await server.AddClientGrantAsync(backend.ClientId, api.Identifier, "read:contacts");
        await server.AddClientGrantAsync(machine.ClientId, api.Identifier, "read:contacts");
        var token = (await oauth.TokenAsync(
            machine, ("grant_type", "client_credentials"), ("audience", api.Identifier)))["access_token"];
        Assert.Equal("True", (await IntrospectAsync(backend, token))["active"]);

        await server.ChangeAsync(async db => db.Remove(await db.Clients.SingleAsync(c => c.Id == machine.Id)));

        Assert.Equal("False", (await IntrospectAsync(backend, token))["active"]);
    }

    [Fact]
    public async Task A_blocked_users_tokens_are_inactive()
    {
        var client = await server.AddClientAsync();
        var tokens = await oauth.GetTokensAsync(client, "openid offline_access");

        await server.ChangeAsync<User>(u => u.Email == TestServer.AdminEmail, u => u.Blocked = true);
        var answers = new[]
        {
            await IntrospectAsync(client, tokens["access_token"]),
            await IntrospectAsync(client, tokens["refresh_token"]),
        };
        await server.ChangeAsync<User>(u => u.Email == TestServer.AdminEmail, u => u.Blocked = false);

        Assert.All(answers, answer => Assert.Equal("False", answer["active"]));
    }

    [Fact]
    public async Task Only_a_client_that_proves_itself_may_ask()
    {
        var (client, spa) = (await server.AddClientAsync(), await server.AddPublicClientAsync());
        var token = (await oauth.GetTokensAsync(client, "openid"))["access_token"];

        var named = await oauth.PostAsync("/oauth/introspect", ("client_id", client.ClientId), ("token", token));
        var anonymous = await oauth.PostAsync("/oauth/introspect", ("client_id", spa.ClientId), ("token", token));

        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), (named.Status, named.Error));
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), (anonymous.Status, anonymous.Error));
    }

    private Task<Answer> IntrospectAsync(Client client, string? token) =>
        oauth.PostAsync(
            "/oauth/introspect", ("client_id", client.ClientId), ("client_secret", TestData.Secret), ("token", token));
}
