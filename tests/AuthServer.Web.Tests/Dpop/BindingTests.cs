using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Dpop;

/// <summary>RFC 9449 §5 to §10: a bound token is worthless without its key.</summary>
public sealed class BindingTests(RunningServer running) : IClassFixture<RunningServer>, IDisposable
{
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);
    private readonly DpopCaller caller = new(running.Server);
    private readonly DpopCaller thief = new(running.Server);

    public void Dispose()
    {
        caller.Dispose();
        thief.Dispose();
    }

    [Theory]
    [InlineData("DPoP")]
    [InlineData("dPoP")]
    [InlineData("DPOP")]
    public async Task An_opaque_token_opens_userinfo_only_with_its_key(string scheme)
    {
        var token = (await caller.GetTokensAsync(await server.AddPublicClientAsync(), "openid"))["access_token"]!;

        Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync("/userinfo", token, scheme: scheme)).Status);
        await RefusedAsync("invalid_token", thief.GetAsync("/userinfo", token));
        await RefusedAsync("invalid_dpop_proof", caller.GetAsync("/userinfo", token, proof: ""));
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_token"), await StatusAsync(oauth.UserInfoAsync(token)));
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "invalid_token"),
            await StatusAsync(oauth.PostAsync("/userinfo", ("access_token", token))));
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "invalid_token"),
            await StatusAsync(caller.GetAsync("/userinfo", token, scheme: "Bearer")));
    }

    [Fact]
    public async Task A_JWT_is_bound_too()
    {
        var api = await server.AddApiAsync(identifier: "https://bound.example.com");
        var client = await server.AddClientAsync();
        var token = (await caller.GetTokensAsync(client, "openid read:contacts", api.Identifier))["access_token"]!;

        Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync("/userinfo", token)).Status);
        await RefusedAsync("invalid_token", thief.GetAsync("/userinfo", token));
        Assert.Equal("invalid_token", (await oauth.UserInfoAsync(token)).Error);
    }

    [Fact]
    public async Task A_proof_for_another_token_method_or_url_opens_nothing_and_a_right_one_once()
    {
        var token = (await caller.GetTokensAsync(await server.AddPublicClientAsync(), "openid"))["access_token"]!;
        var proof = caller.Proof("GET", "/userinfo", token);

        await RefusedAsync("invalid_dpop_proof", caller.GetAsync("/userinfo", token, caller.Proof("GET", "/userinfo")));
        await RefusedAsync(
            "invalid_dpop_proof",
            caller.GetAsync("/userinfo", token, caller.Proof("GET", "/userinfo", "another token")));
        await RefusedAsync(
            "invalid_dpop_proof", caller.GetAsync("/userinfo", token, caller.Proof("POST", "/userinfo", token)));
        await RefusedAsync(
            "invalid_dpop_proof", caller.GetAsync("/userinfo", token, caller.Proof("GET", "/oauth/token", token)));
        Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync("/userinfo", token, proof)).Status);
        await RefusedAsync("invalid_dpop_proof", caller.GetAsync("/userinfo", token, proof));
    }

    [Fact]
    public async Task A_bearer_token_does_not_become_more_by_a_proof()
    {
        var token = (await oauth.GetTokensAsync(await server.AddClientAsync(), "openid"))["access_token"]!;

        await RefusedAsync("invalid_token", caller.GetAsync("/userinfo", token));
        Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync("/userinfo", token, scheme: "bEARER")).Status);
    }

    [Fact]
    public async Task A_public_clients_refresh_token_needs_the_key_and_survives_the_attempts_without()
    {
        var spa = await server.AddPublicClientAsync();
        var first = (await caller.GetTokensAsync(spa, "openid offline_access"))["refresh_token"];

        Assert.Equal("invalid_grant", (await thief.RefreshAsync(spa, first)).Error);
        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(spa, first)).Error);
        var second = await caller.RefreshAsync(spa, first);

        Assert.Equal((HttpStatusCode.OK, "DPoP"), (second.Status, second["token_type"]));
        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(spa, second["refresh_token"])).Error);
        Assert.Equal(HttpStatusCode.OK, (await caller.RefreshAsync(spa, second["refresh_token"])).Status);
    }

    /// <summary>RFC 9449 §5: it is bound to the client's authentication; FAPI 2.0 refreshes with another key.</summary>
    [Fact]
    public async Task A_confidential_clients_refresh_token_takes_the_key_that_comes()
    {
        var client = await server.AddClientAsync();
        var first = (await caller.GetTokensAsync(client, "openid offline_access"))["refresh_token"];

        var second = await thief.RefreshAsync(client, first);

        Assert.Equal((HttpStatusCode.OK, "DPoP"), (second.Status, second["token_type"]));
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/userinfo", second["access_token"]!)).Status);
        await RefusedAsync("invalid_token", caller.GetAsync("/userinfo", second["access_token"]!));
    }

    [Fact]
    public async Task A_code_with_dpop_jkt_is_for_that_key()
    {
        var client = await server.AddClientAsync();
        var code = await oauth.CodeAsync(client, ("dpop_jkt", caller.Key.Thumbprint));

        Assert.Equal("invalid_grant", (await thief.RedeemAsync(client, code)).Error);
        Assert.Equal("invalid_grant", (await oauth.RedeemAsync(client, code)).Error);
        Assert.Equal(HttpStatusCode.OK, (await caller.RedeemAsync(client, code)).Status);
    }

    [Fact]
    public async Task A_wrong_key_is_a_wrong_try_of_the_code()
    {
        var client = await server.AddClientAsync();
        var code = await oauth.CodeAsync(client, ("dpop_jkt", caller.Key.Thumbprint));

        for (var tries = 0; tries < 5; tries++)
            await thief.RedeemAsync(client, code);

        Assert.Equal("invalid_grant", (await caller.RedeemAsync(client, code)).Error);
    }

    [Fact]
    public async Task A_client_that_needs_proof_gets_nothing_without()
    {
        var client = await server.AddPublicClientAsync(c =>
            (c.RequireProofOfPossession, c.GrantTypes) = (true, ["authorization_code", "refresh_token", "implicit"]));
        var code = await oauth.CodeAsync(client);

        Assert.Equal(
            (HttpStatusCode.BadRequest, "invalid_dpop_proof"), await StatusAsync(oauth.RedeemAsync(client, code)));
        Assert.Equal(HttpStatusCode.OK, (await caller.RedeemAsync(client, code)).Status);
        using var front = await oauth.AuthorizeAsync(
            OAuth.RequestOf(client, ("response_type", "token")), await server.StartSessionAsync());
        Assert.Equal("invalid_request", OAuth.Redirected(front)["error"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_api_that_needs_proof_gets_no_bearer_token(bool publicClientsAlone)
    {
        var api = await server.AddApiAsync(
            a => a.ProofOfPossession = new ProofOfPossession(true, publicClientsAlone),
            "https://needs-proof.example.com/" + publicClientsAlone);
        var (spa, web) = (
            await server.AddPublicClientAsync(),
            await server.AddClientAsync(c => c.GrantTypes = ["authorization_code", "client_credentials", "implicit"]));
        await server.AddClientGrantAsync(web.ClientId, api.Identifier, "read:contacts");
        var code = await oauth.CodeAsync(spa, ("scope", "read:contacts"), ("audience", api.Identifier));

        Assert.Equal("invalid_dpop_proof", (await oauth.RedeemAsync(spa, code)).Error);
        Assert.Equal("DPoP", (await caller.RedeemAsync(spa, code))["token_type"]);
        var machine = await oauth.TokenAsync(web, ("grant_type", "client_credentials"), ("audience", api.Identifier));
        Assert.Equal(publicClientsAlone ? null : "invalid_dpop_proof", machine.Error);
        using var front = await oauth.AuthorizeAsync(
            OAuth.RequestOf(web, ("response_type", "token"), ("audience", api.Identifier)),
            await server.StartSessionAsync());
        Assert.Equal(publicClientsAlone ? "access_token" : "error", OAuth.Redirected(front).Keys.First());
    }

    [Fact]
    public async Task Introspection_says_which_key()
    {
        var client = await server.AddClientAsync();
        var token = (await caller.GetTokensAsync(client, "openid"))["access_token"];

        var answer = await oauth.PostAsync(
            "/oauth/introspect", ("client_id", client.ClientId), ("client_secret", TestData.Secret), ("token", token));

        Assert.Equal(
            ("DPoP", caller.Key.Thumbprint),
            (answer["token_type"], answer.Json.GetProperty("cnf").GetProperty("jkt").GetString()));
    }

    [Fact]
    public async Task The_management_api_wants_the_proof_of_a_bound_token()
    {
        var token = (
            await caller.PostAsync(
                "/oauth/token",
                [
                    ("grant_type", "client_credentials"),
                    ("client_id", TestServer.ClientId),
                    ("client_secret", TestServer.ClientSecret),
                    ("audience", server.Issuer.Value + "api/v2/"),
                ]))["access_token"]!;
        const string path = "/api/v2/users/auth0%7Cnobody";

        Assert.Equal(HttpStatusCode.NotFound, (await caller.GetAsync(path + "?fields=name", token)).Status);
        var bearer = await oauth.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = new("Bearer", token) } });
        Assert.Equal(HttpStatusCode.Unauthorized, bearer.Status);
        var stolen = await thief.GetAsync(path, token);
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "DPoP"),
            (stolen.Status, Assert.Single(stolen.Headers.WwwAuthenticate).Scheme));
    }

    private static async Task<(HttpStatusCode, string?)> StatusAsync(Task<Answer> call)
    {
        var answer = await call;
        return (answer.Status, answer.Error);
    }

    private static async Task RefusedAsync(string error, Task<Answer> call)
    {
        var answer = await call;
        Assert.Equal((HttpStatusCode.Unauthorized, error), (answer.Status, answer.Error));
        var challenge = Assert.Single(answer.Headers.WwwAuthenticate);
        Assert.Equal("DPoP", challenge.Scheme);
        Assert.Contains($"error=\"{error}\"", challenge.Parameter, StringComparison.Ordinal);
        Assert.Contains("algs=\"ES256 PS256 RS256\"", challenge.Parameter, StringComparison.Ordinal);
    }
}
