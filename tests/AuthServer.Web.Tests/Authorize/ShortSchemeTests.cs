using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Authorize;

/// <summary>RFC 8252 §8.1 and §8.4: requests to a private-use scheme without a period.</summary>
public sealed class ShortSchemeTests(RunningServer running) : IClassFixture<RunningServer>, IAsyncLifetime
{
    private const string Callback = "myapp://callback";
    private const string Dotted = "com.example.app:/callback";
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);
    private readonly HttpClient http = running.Server.NewHttp();
    private Client confidential = null!;

    public async ValueTask InitializeAsync() => confidential = await server.AddClientAsync(client =>
    {
        client.AppType = AppTypes.Native;
        client.GrantTypes = ["authorization_code", "refresh_token", "implicit"];
        client.Callbacks = [Callback, Dotted];
        client.AllowedLogoutUrls = [Callback];
    });

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task PKCE_is_required_of_a_confidential_client_too()
    {
        Assert.Equal("invalid_request", await ErrorAsync(("code_challenge", null), ("code_challenge_method", null)));
        Assert.Equal("consent_required", await ErrorAsync());
        Assert.Equal("consent_required", await ErrorAsync(
            ("redirect_uri", Dotted), ("code_challenge", null), ("code_challenge_method", null)));
    }

    [Theory]
    [InlineData("token")]
    [InlineData("id_token")]
    [InlineData("code id_token")]
    public async Task No_token_is_sent_there(string responseType)
    {
        var challenge = responseType.StartsWith("code", StringComparison.Ordinal) ? OAuth.Challenge : null;
        (string Name, string? Value)[] request =
        [
            ("response_type", responseType), ("nonce", "n"),
            ("code_challenge", challenge), ("code_challenge_method", challenge is null ? null : "S256"),
        ];

        Assert.Equal("invalid_request", await ErrorAsync(request));
        Assert.Equal("consent_required", await ErrorAsync([.. request, ("redirect_uri", Dotted)]));
    }

    [Theory]
    [InlineData("en", "The application on your device that opens myapp:// links")]
    [InlineData("ja", "myapp://で始まるリンクを開く、お使いのデバイスのアプリケーション")]
    public async Task The_consent_page_says_in_words_who_receives_the_answer(string language, string words)
    {
        var client = await server.AddPublicClientAsync(c =>
        {
            c.Name = "Editor";
            c.Callbacks = [Callback];
            c.IsFirstParty = false;
            c.AppType = AppTypes.Native;
        });
        using var browser = new Browser(server, language);
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync();

        Assert.Equal(words, browser.Page.GetElementById("recipient")?.TextContent.Trim());
        await browser.ClickAsync("consent-allow");
        Assert.StartsWith(Callback, browser.LeftTo!.OriginalString, StringComparison.Ordinal);
        Assert.NotNull(browser.Returned("code"));
    }

    [Fact]
    public async Task The_flag_of_the_tenant_stops_URIs_that_were_registered_before()
    {
        await FlagAsync(true);
        using var refused = await oauth.AuthorizeAsync(OAuth.RequestOf(confidential));
        var dotted = await ErrorAsync(("redirect_uri", Dotted));
        using var logout = await LogoutAsync();
        await FlagAsync(false);
        using var allowed = await LogoutAsync();

        Assert.Equal((HttpStatusCode.BadRequest, null), (refused.StatusCode, refused.Headers.Location));
        Assert.Equal("consent_required", dotted);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Redirect), (logout.StatusCode, allowed.StatusCode));

        Task FlagAsync(bool on) => server.ChangeSettingsAsync(settings => settings.Flags =
            new Dictionary<string, bool> { [TenantFlags.RequireReverseDomainSchemes] = on });

        Task<HttpResponseMessage> LogoutAsync() => http.GetAsync(
            $"/v2/logout?client_id={confidential.ClientId}&returnTo={Uri.EscapeDataString(Callback + "?from=app")}");
    }

    /// <summary>The error that a silent request is answered with at the redirect URI; null for a code.</summary>
    private async Task<string?> ErrorAsync(params (string Name, string? Value)[] more)
    {
        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(confidential, [("prompt", "none"), .. more]), await server.StartSessionAsync());
        return OAuth.Redirected(answer).GetValueOrDefault("error");
    }
}
