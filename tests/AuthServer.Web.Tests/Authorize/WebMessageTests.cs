using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using AngleSharp.Html.Parser;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Authorize;

/// <summary>Auth0's response_mode=web_message: only to the registered origin (RFC 9700 §4.17, ASVS 3.5.5).</summary>
public sealed class WebMessageTests(RunningServer running) : IClassFixture<RunningServer>
{
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);

    [Fact]
    public async Task The_page_has_the_code_and_the_origin_of_the_redirect_uri()
    {
        using var answer = await AskAsync(await server.AddPublicClientAsync(), await server.StartSessionAsync());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var message = await MessageAsync(answer);
        Assert.Equal("https://app.example.com", message.GetProperty("origin").GetString());
        var response = message.GetProperty("response");
        Assert.Equal(["code", "state", "iss"], response.EnumerateObject().Select(member => member.Name));
        Assert.Equal("xyzABC123", response.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Only_that_origin_may_frame_it_and_its_one_script_is_allowed_by_its_hash()
    {
        using var answer = await AskAsync(await server.AddPublicClientAsync(), await server.StartSessionAsync());

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.EndsWith("frame-ancestors https://app.example.com", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("X-Frame-Options"));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.DoesNotContain("'*'", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_without_a_session_is_an_error_by_message()
    {
        using var answer = await AskAsync(await server.AddPublicClientAsync(), cookie: null, ("prompt", "none"));

        var response = (await MessageAsync(answer)).GetProperty("response");
        Assert.Equal(
            ("login_required", "Login required"),
            (response.GetProperty("error").GetString(), response.GetProperty("error_description").GetString()));
    }

    [Theory]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("<!--<script>")]
    [InlineData("a&amp;b' \" \\ \u2028 \u2029 日本")]
    public async Task State_cannot_leave_its_place_and_comes_back_unchanged(string state)
    {
        using var answer = await AskAsync(
            await server.AddPublicClientAsync(), await server.StartSessionAsync(), ("state", state));

        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(2, html.Split("<script").Length - 1);
        Assert.DoesNotContain('\u2028', html);
        Assert.Equal(state, (await MessageAsync(answer)).GetProperty("response").GetProperty("state").GetString());
    }

    [Fact]
    public async Task Tokens_travel_by_message_too_and_their_lifetime_is_a_number()
    {
        var client = await server.AddPublicClientAsync(c => c.GrantTypes = ["implicit"]);

        using var answer = await AskAsync(
            client, await server.StartSessionAsync(), ("response_type", "id_token token"), ("nonce", "n"));

        Assert.Equal(86_400, (await MessageAsync(answer)).GetProperty("response").GetProperty("expires_in").GetInt32());
    }

    [Fact]
    public async Task A_redirect_uri_without_an_origin_gets_no_message()
    {
        var client = await server.AddPublicClientAsync(c => c.Callbacks = ["com.example.app:/callback"]);

        using var answer = await AskAsync(client, await server.StartSessionAsync());

        Assert.StartsWith(
            "com.example.app:/callback?error=invalid_request",
            answer.Headers.Location!.OriginalString,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_popup_keeps_its_opener_all_the_way_and_other_requests_do_not()
    {
        var client = await server.AddPublicClientAsync();
        using var popup = await AskAsync(client, cookie: null);
        using var other = await oauth.AuthorizeAsync(OAuth.RequestOf(client));
        using var http = server.NewHttp();
        using var page = await http.GetAsync(popup.Headers.Location);

        Assert.Equal("unsafe-none", Opener(popup));
        Assert.Equal("unsafe-none", Opener(page));
        Assert.Equal("same-origin-allow-popups", Opener(other));
        Assert.Equal("DENY", Assert.Single(page.Headers.GetValues("X-Frame-Options")));
    }

    [Fact]
    public async Task Over_https_the_session_cookie_reaches_a_frame()
    {
        await using var secure = new TestServer(overTls: true);
        using var authority = X509CertificateLoader.LoadCertificateFromFile(secure.CertificateAuthority);
        var trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { authority },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        using var browser = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                SslOptions = { CertificateChainPolicy = trust },
            })
        {
            BaseAddress = new Uri(secure.Issuer.Value),
        };
        var client = await secure.AddPublicClientAsync();
        using var begun = await browser.GetAsync(client.Authorize());
        using var page = await browser.GetAsync(begun.Headers.Location);
        var form = new HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync());
        using var login = new HttpRequestMessage(HttpMethod.Post, begun.Headers.Location)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["csrf_token"] = form.QuerySelector("[name=csrf_token]")!.GetAttribute("value")!,
                ["username"] = TestServer.AdminEmail,
                ["password"] = TestServer.AdminPassword,
            }),
        };
        login.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Select(line => line.Split(';')[0]));
        using var done = await browser.SendAsync(login);

        var cookie = Assert.Single(
            done.Headers.GetValues("Set-Cookie"), line => line.StartsWith("__Host-sid=", StringComparison.Ordinal));
        Assert.Contains("samesite=none", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<HttpResponseMessage> AskAsync(
        Client client, string? cookie, params (string Name, string? Value)[] more
    ) => await oauth.AuthorizeAsync(OAuth.RequestOf(client, [("response_mode", "web_message"), .. more]), cookie);

    private static async Task<JsonElement> MessageAsync(HttpResponseMessage answer)
    {
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        return JsonDocument.Parse(page.GetElementById("message")!.TextContent).RootElement;
    }

    private static string Opener(HttpResponseMessage answer) =>
        Assert.Single(answer.Headers.GetValues("Cross-Origin-Opener-Policy"));
}
