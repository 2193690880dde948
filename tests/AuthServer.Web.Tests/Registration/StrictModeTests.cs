using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Registration;

/// <summary>RFC 7591, <c>dynamic_client_registration_security_mode</c> = strict.</summary>
public sealed class StrictModeTests(RegistrationScenario scenario) : IClassFixture<RegistrationScenario>, IAsyncLifetime
{
    private readonly TestServer server = scenario.Server;

    public async ValueTask InitializeAsync() => await scenario.StrictAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Its_ids_begin_with_tpc_and_its_refresh_tokens_rotate_and_expire()
    {
        var answer = await scenario.RegisterAsync("""{"redirect_uris":["https://app.example.com/callback"]}""");
        var client = await scenario.StoredAsync(answer["client_id"]!);

        Assert.Matches("^tpc_[A-Za-z0-9]{32}$", answer["client_id"]);
        Assert.Matches("^[A-Za-z0-9]{64}$", answer["client_secret"]);
        Assert.Equal("[\"authorization_code\",\"refresh_token\"]", answer.Json.GetProperty("grant_types").GetRawText());
        Assert.Equal(
            (true, true, 3600), (client.RefreshTokens.Rotating, client.RefreshTokens.Expiring, client.IdTokenLifetime));
    }

    [Theory]
    [InlineData("\"grant_types\":[\"authorization_code\",\"implicit\"]")]
    [InlineData("\"grant_types\":[\"client_credentials\"]")]
    [InlineData("\"response_types\":[\"id_token token\"]")]
    [InlineData("\"id_token_signed_response_alg\":\"HS256\"")]
    public async Task It_registers_only_for_the_code_flow_and_RS256(string members) =>
        Assert.Equal(
            "invalid_client_metadata",
            (await scenario.RegisterAsync($$"""{"redirect_uris":["https://app.example.com/callback"],{{members}}}""")
            ).Error);

    [Theory]
    [InlineData("screen_hint", "signup", "invalid_request")]
    [InlineData("id_token_hint", "x", "invalid_request")]
    [InlineData("invitation", "x", "invalid_request")]
    [InlineData("claims", "{}", "invalid_request")]
    [InlineData("request_uri", "https://app.example/", "invalid_request")]
    [InlineData("response_mode", "fragment", "invalid_request")]
    [InlineData("anything", "x", "invalid_request")]
    [InlineData("response_type", "id_token token", "unsupported_response_type")]
    [InlineData("code_challenge", null, "invalid_request")]
    public async Task It_may_not_send(string name, string? value, string error)
    {
        await DomainConnectionAsync(true);
        var client = await scenario.ClientAsync();
        using var answer = await scenario.OAuth.AuthorizeAsync(
            OAuth.RequestOf(client, (name, value)), await server.StartSessionAsync(usedBy: client));

        Assert.Equal(error, OAuth.Redirected(answer)["error"]);
    }

    [Fact]
    public async Task It_uses_only_domain_level_connections()
    {
        var client = await scenario.PublicAsync();
        await DomainConnectionAsync(false);
        using var browser = new Browser(server);
        await browser.OpenAsync(client.Authorize());
        Assert.Null(browser.Input("password"));

        await DomainConnectionAsync(true);
        await browser.OpenAsync(client.Authorize());
        Assert.NotNull(browser.Input("password"));
    }

    [Fact]
    public async Task It_gets_access_and_refresh_tokens_for_the_API_and_no_OpenID_Connect()
    {
        await DomainConnectionAsync(true);
        await server.AddApiAsync(a => a.Scopes = [new("read:x", "Read")], "https://strict.example/");
        var client = await scenario.PublicAsync();
        using var browser = new Browser(server);
        await browser.OpenAsync(
            client.Authorize(
                ("resource", "https://strict.example"), ("scope", "openid profile email offline_access read:x"),
                ("code_challenge", OAuth.Challenge), ("ext-a", "b")));
        await browser.SignInAsync();
        Assert.Contains("was not verified", browser.Text, StringComparison.Ordinal);
        await browser.ClickAsync("consent-allow");
        var tokens = await scenario.OAuth.RedeemAsync(client, browser.Returned("code")!);

        Assert.Equal(
            (HttpStatusCode.OK, null, "offline_access read:x"), (tokens.Status, tokens["id_token"], tokens["scope"]));
        Assert.NotNull(tokens["refresh_token"]);
        Assert.Equal("https://strict.example/", OAuth.ClaimsOf(tokens["access_token"]).GetProperty("aud").GetString());
        Assert.NotEqual(HttpStatusCode.OK, (await scenario.OAuth.UserInfoAsync(tokens["access_token"])).Status);
        Assert.NotEqual(
            tokens["refresh_token"],
            (await scenario.OAuth.RefreshAsync(client, tokens["refresh_token"]))["refresh_token"]);
    }

    private Task DomainConnectionAsync(bool domain) =>
        server.ChangeAsync<Connection>(c => c.Name == Connection.DefaultDatabase, c => c.IsDomainConnection = domain);
}
