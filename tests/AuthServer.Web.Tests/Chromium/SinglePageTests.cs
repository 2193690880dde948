using AuthServer.Core.Model;
using AuthServer.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;

namespace AuthServer.Web.Tests.Chromium;

/// <summary>
/// @auth0/auth0-spa-js as it is published, on a page of another origin: redirects, hidden frames, popups.
/// </summary>
public sealed class SinglePageTests : IAsyncLifetime
{
    private readonly TestServer server = new();
    private readonly List<string> complaints = [];
    private TestKit.Chromium chromium = null!;
    private WebApplication site = null!;
    private Client client = null!;
    private bool dpop;

    private string Origin => site.Urls.First();

    public async ValueTask InitializeAsync()
    {
        var sdk = await BrowserPackages.ReadAsync("@auth0", "auth0-spa-js", "dist", "auth0-spa-js.production.js");
        chromium = await TestKit.Chromium.StartAsync();
        site = await ScriptSite.StartAsync(sdk);
        client = await server.AddPublicClientAsync(c =>
            (c.Callbacks, c.WebOrigins, c.AllowedLogoutUrls) = ([Origin], [Origin], [Origin]));
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
        if (site is not null)
            await site.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_redirect_logs_in_a_hidden_frame_gets_tokens_and_logout_ends_both()
    {
        var page = await OpenAsync(refreshTokens: false);
        await LogInAsync(page);

        Assert.Equal(
            TestServer.AdminEmail, await page.EvaluateAsync<string>("async () => (await auth0Client.getUser()).email"));
        var frame = await page.RunAndWaitForRequestAsync(
            () => page.EvaluateAsync<string>("() => auth0Client.getTokenSilently({ cacheMode: 'off' })"),
            request => request.Url.Contains("response_mode=web_message", StringComparison.Ordinal));
        Assert.NotEqual(page.MainFrame, frame.Frame);

        await page.EvaluateAsync("origin => { auth0Client.logout({ logoutParams: { returnTo: origin } }); }", Origin);
        await page.WaitForURLAsync(Origin + "/");
        await StartAsync(page, refreshTokens: false);
        Assert.Equal(
            "login_required",
            await page.EvaluateAsync<string>(
                "() => auth0Client.getTokenSilently({ cacheMode: 'off' }).then(() => 'a token', error => error.error)")
        );
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Refresh_tokens_renew_without_a_frame_and_rotate()
    {
        var page = await OpenAsync(refreshTokens: true);
        await LogInAsync(page);

        var first = await page.EvaluateAsync<string>("() => auth0Client.getTokenSilently({ cacheMode: 'off' })");
        var second = await page.EvaluateAsync<string>("() => auth0Client.getTokenSilently({ cacheMode: 'off' })");

        Assert.NotEqual(first, second);
        Assert.Single(page.Frames);
    }

    /// <summary>RFC 9449: the SDK is refused once for the nonce, and repeats the request by itself.</summary>
    [Fact]
    public async Task With_useDpop_its_tokens_are_bound_to_a_key_that_never_leaves_the_browser()
    {
        dpop = true;
        var page = await OpenAsync(refreshTokens: true);
        await page.Clock.SetFixedTimeAsync(server.Time.GetUtcNow().UtcDateTime);
        await LogInAsync(page);

        var answer = await page.EvaluateAsync<System.Text.Json.JsonElement>(
            """
            async userInfo => {
                const first = await auth0Client.getTokenSilently({ cacheMode: 'off', detailedResponse: true });
                const bound = await auth0Client.createFetcher({ dpopNonceId: 'userinfo' }).fetchWithAuth(userInfo);
                const stolen = await fetch(userInfo, { headers: { authorization: `Bearer ${first.access_token}` } });
                return { type: first.token_type, email: (await bound.json()).email, stolen: stolen.status };
            }
            """,
            server.Issuer.UserInfo);

        Assert.Equal("DPoP", answer.GetProperty("type").GetString());
        Assert.Equal(TestServer.AdminEmail, answer.GetProperty("email").GetString());
        Assert.Equal(401, answer.GetProperty("stolen").GetInt32());
    }

    [Fact]
    public async Task A_popup_sends_its_answer_to_the_page_that_opened_it()
    {
        var page = await OpenAsync(refreshTokens: false);
        var popup = await page.RunAndWaitForPopupAsync(() =>
            page.EvaluateAsync("() => { window.done = auth0Client.loginWithPopup(); }"));
        await PageTour.SignInAsync(popup, TestServer.AdminPassword);
        await popup.ClickAsync("#consent-allow");

        await page.EvaluateAsync("() => window.done");
        Assert.Equal(
            TestServer.AdminEmail, await page.EvaluateAsync<string>("async () => (await auth0Client.getUser()).email"));
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Another_origin_can_neither_frame_the_message_nor_receive_it()
    {
        var page = await OpenAsync(refreshTokens: false);
        await LogInAsync(page);
        await using var thief = await ScriptSite.StartAsync("");
        await page.GotoAsync(thief.Urls.First());

        var heard = await page.EvaluateAsync<string>(
            """
            url => new Promise(resolve => {
                addEventListener('message', event => resolve(JSON.stringify(event.data)));
                const frame = document.createElement('iframe');
                frame.src = url;
                document.body.append(frame);
                setTimeout(() => resolve('nothing'), 1500);
            })
            """,
            new Uri(
                new Uri(server.Issuer.Value),
                client.Authorize(("response_mode", "web_message"), ("prompt", "none"))).AbsoluteUri);

        Assert.Equal("nothing", heard);
    }

    /// <summary>The code that /guide shows for a page in the browser.</summary>
    [Fact]
    public async Task The_guides_code_signs_in_and_renews_after_a_reload_without_a_frame()
    {
        var snippet = await GuideSnippetAsync("spa", "const { createAuth0Client } = window.auth0;");
        var page = await chromium.NewPageAsync(server);
        await page.GotoAsync(Origin);
        await page.EvaluateAsync($"() => {{ (async () => {{ {snippet} }})(); }}");
        await page.WaitForURLAsync("**/u/login?**");
        await PageTour.SignInAsync(page, TestServer.AdminPassword);
        await page.ClickAsync("#consent-allow");
        await page.WaitForURLAsync(url => url.StartsWith(Origin + "/?code=", StringComparison.Ordinal));

        var email = await page.EvaluateAsync<string>($"async () => {{ {snippet}; return user.email; }}");
        Assert.Equal(TestServer.AdminEmail, email);
        await page.ReloadAsync();
        var renewed = await page.EvaluateAsync<string>(
            $"async () => {{ {snippet}; return await auth0.getTokenSilently({{ cacheMode: 'off' }}); }}");

        Assert.NotEmpty(renewed);
        Assert.Single(page.Frames);
    }

    [Fact]
    public async Task The_guides_code_for_oidc_client_ts_signs_in_and_out()
    {
        await site.DisposeAsync();
        site = await ScriptSite.StartAsync(
            await BrowserPackages.ReadAsync("oidc-client-ts", "dist", "browser", "oidc-client-ts.min.js"));
        await server.ChangeAsync<Client>(
            known => known.ClientId == client.ClientId,
            changed => (changed.Callbacks, changed.WebOrigins, changed.AllowedLogoutUrls) =
                ([Origin], [Origin], [Origin]));
        var snippet = await GuideSnippetAsync(
            "oidc-client-ts", "const { UserManager, WebStorageStateStore } = window.oidc;");
        var page = await chromium.NewPageAsync(server);
        await page.GotoAsync(Origin);
        await page.EvaluateAsync($"() => {{ (async () => {{ {snippet} }})(); }}");
        await page.WaitForURLAsync("**/u/login?**");
        await PageTour.SignInAsync(page, TestServer.AdminPassword);
        await page.ClickAsync("#consent-allow");
        await page.WaitForURLAsync(url => url.StartsWith(Origin + "/?code=", StringComparison.Ordinal));

        var email = await page.EvaluateAsync<string>(
            $"async () => {{ {snippet}; return (await manager.getUser()).profile.email; }}");
        Assert.Equal(TestServer.AdminEmail, email);
        await page.RunAndWaitForResponseAsync(
            () => page.EvaluateAsync($"() => {{ (async () => {{ {snippet}; await manager.signoutRedirect(); }})(); }}"),
            Origin + "/sdk.js");
        await page.EvaluateAsync($"() => {{ (async () => {{ {snippet} }})(); }}");
        await page.WaitForURLAsync("**/u/login?**");
    }

    private async Task<IPage> OpenAsync(bool refreshTokens)
    {
        var page = await chromium.NewPageAsync(server);
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase))
                complaints.Add(message.Text);
        };
        await page.GotoAsync(Origin);
        await StartAsync(page, refreshTokens);
        return page;
    }

    private Task StartAsync(IPage page, bool refreshTokens) =>
        page.EvaluateAsync(
            """
            async options => {
                window.auth0Client = new auth0.Auth0Client({
                    domain: options.domain, clientId: options.clientId, useRefreshTokens: options.refreshTokens,
                    useDpop: options.dpop, cacheLocation: 'memory',
                    authorizationParams: { redirect_uri: location.origin }, authorizeTimeoutInSeconds: 8,
                });
                if (location.search.includes('code='))
                    await auth0Client.handleRedirectCallback();
            }
            """,
            new
            {
                domain = server.Issuer.Origin,
                clientId = client.ClientId,
                refreshTokens,
                dpop,
            });

    private async Task LogInAsync(IPage page)
    {
        var refreshTokens = await page.EvaluateAsync<bool>("() => !!auth0Client.options.useRefreshTokens");
        await page.EvaluateAsync("() => { auth0Client.loginWithRedirect(); }");
        await page.WaitForURLAsync("**/u/login?**");
        await PageTour.SignInAsync(page, TestServer.AdminPassword);
        await page.ClickAsync("#consent-allow");
        await page.WaitForURLAsync(url => url.StartsWith(Origin + "/?code=", StringComparison.Ordinal));
        await StartAsync(page, refreshTokens);
    }

    /// <summary>As it stands on /guide, with the package as a script and the test's addresses.</summary>
    private async Task<string> GuideSnippetAsync(string name, string import)
    {
        using var browser = new Browser(server);
        await browser.OpenAsync("/guide");
        var lines = browser.Page.QuerySelector($"[data-snippet={name}]")!.TextContent.Split('\n');
        var code = string.Join('\n', lines.Where(line => !line.StartsWith("import ", StringComparison.Ordinal)));
        var domain = new Uri(server.Issuer.Value).Authority;
        return import + "\n" + code
            .Replace("CLIENT_ID", client.ClientId, StringComparison.Ordinal)
            .Replace("http://localhost:3000", Origin, StringComparison.Ordinal)
            .Replace($"'{domain}'", $"'{server.Issuer.Origin}'", StringComparison.Ordinal)
            + "\n";
    }
}
