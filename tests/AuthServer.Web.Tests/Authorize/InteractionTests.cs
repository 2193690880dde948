using System.Net;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Authorize;

/// <summary>
/// OpenID Connect Core §3.1.2.3 and §3.1.2.4: when the user is needed, and what prompt=none makes of it.
/// </summary>
public sealed class InteractionTests(RunningServer running) : IClassFixture<RunningServer>
{
    private const string Loopback = "http://127.0.0.1:7777/callback";
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);

    [Fact]
    public async Task Without_a_session_the_login_page_follows_and_nothing_is_stored()
    {
        var client = await server.AddClientAsync();

        using var answer = await oauth.AuthorizeAsync(OAuth.RequestOf(client));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("/u/login?state=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.DoesNotContain(client.ClientId, answer.Headers.Location.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Screen_hint_signup_goes_to_the_sign_up_page()
    {
        var client = await server.AddClientAsync();

        using var answer = await oauth.AuthorizeAsync(OAuth.RequestOf(client, ("screen_hint", "signup")));

        Assert.StartsWith("/u/signup?state=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none", "login_required")]
    public async Task Silence_without_a_session_is_an_error(string prompt, string error)
    {
        var client = await server.AddClientAsync();

        using var answer = await oauth.AuthorizeAsync(OAuth.RequestOf(client, ("prompt", prompt)));

        Assert.Equal(
            (error, "Login required"),
            (OAuth.Redirected(answer)["error"], OAuth.Redirected(answer)["error_description"]));
    }

    [Theory]
    [InlineData("login", "/u/login")]
    [InlineData("consent", "/u/consent")]
    [InlineData("select_account", "/u/login")]
    [InlineData("login consent", "/u/login")]
    public async Task A_prompt_asks_although_there_is_a_session(string prompt, string page)
    {
        var client = await server.AddClientAsync();
        var cookie = await server.StartSessionAsync();
        server.Time.Advance(TimeSpan.FromSeconds(1));

        using var answer = await oauth.AuthorizeAsync(OAuth.RequestOf(client, ("prompt", prompt)), cookie);

        Assert.StartsWith(page + "?state=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("1", true)]
    [InlineData("2", false)]
    public async Task Max_age_asks_again_when_the_login_is_older(string maxAge, bool asks)
    {
        var client = await server.AddClientAsync();
        var cookie = await server.StartSessionAsync();
        server.Time.Advance(TimeSpan.FromSeconds(2));

        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(client, ("max_age", maxAge), ("prompt", "none")), cookie);

        Assert.Equal(asks ? "login_required" : null, OAuth.Redirected(answer).GetValueOrDefault("error"));
    }

    [Fact]
    public async Task Max_age_brings_auth_time_and_two_silent_requests_agree_on_it()
    {
        var client = await server.AddClientAsync();
        var cookie = await server.StartSessionAsync();
        var times = new List<long>();

        for (var i = 0; i < 2; i++)
        {
            server.Time.Advance(TimeSpan.FromSeconds(2));
            using var answer = await oauth.AuthorizeAsync(OAuth.RequestOf(client, ("max_age", "10000")), cookie);
            var tokens = await oauth.RedeemAsync(client, OAuth.Redirected(answer)["code"]);
            times.Add(OAuth.ClaimsOf(tokens["id_token"]).GetProperty("auth_time").GetInt64());
        }

        Assert.Equal(times[0], times[1]);
    }

    [Fact]
    public async Task An_idle_session_ends_and_so_does_an_old_one()
    {
        var client = await server.AddClientAsync();
        var idle = await server.StartSessionAsync();
        server.Time.Advance(TimeSpan.FromHours(73));
        Assert.Equal("login_required", await SilentAsync(client, idle));

        var busy = await server.StartSessionAsync();
        for (var day = 0; day < 6; day++)
        {
            server.Time.Advance(TimeSpan.FromDays(1));
            Assert.Null(await SilentAsync(client, busy));
        }

        server.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal("login_required", await SilentAsync(client, busy));
    }

    [Fact]
    public async Task A_changed_cookie_signs_no_user_in()
    {
        var client = await server.AddClientAsync();
        var cookie = await server.StartSessionAsync();
        var changed = (cookie[0] == 'A' ? 'B' : 'A') + cookie[1..];

        Assert.Equal("login_required", await SilentAsync(client, changed));
        Assert.Null(await SilentAsync(client, cookie));
    }

    [Fact]
    public async Task A_blocked_user_is_not_signed_in()
    {
        var client = await server.AddClientAsync();
        var cookie = await server.StartSessionAsync();

        await server.ChangeAsync<User>(u => u.Email == TestServer.AdminEmail, u => u.Blocked = true);
        var error = await SilentAsync(client, cookie);
        await server.ChangeAsync<User>(u => u.Email == TestServer.AdminEmail, u => u.Blocked = false);

        Assert.Equal("login_required", error);
    }

    [Fact]
    public async Task A_session_of_a_connection_that_the_client_does_not_have_does_not_count()
    {
        var client = await server.AddClientAsync();
        var cookie = await server.StartSessionAsync();

        await server.WithAsync<AuthServer.Storage.AuthDbContext, int>(async db =>
        {
            db.RemoveRange(db.ConnectionClients.Where(c => c.ClientId == client.ClientId));
            return await db.SaveChangesAsync();
        });

        Assert.Equal("login_required", await SilentAsync(client, cookie));
    }

    [Fact]
    public async Task The_user_of_an_id_token_hint_is_let_through_and_another_is_not()
    {
        var client = await server.AddClientAsync();
        var hint = (await oauth.GetTokensAsync(client, "openid"))["id_token"];
        var other = NewUser.InDatabase("Username-Password-Authentication", "bob@example.com", server.Time.GetUtcNow());
        await server.WithAsync<AuthServer.Storage.AuthDbContext, int>(db =>
        {
            db.Add(other);
            return db.SaveChangesAsync();
        });

        Assert.Null(await SilentAsync(client, await server.StartSessionAsync(), ("id_token_hint", hint)));
        Assert.Equal(
            "login_required",
            await SilentAsync(client, await server.StartSessionAsync(other), ("id_token_hint", hint)));
    }

    /// <summary>OpenID Connect Core §3.1.2.1: otherwise the login page would come back again and again.</summary>
    [Fact]
    public async Task A_login_of_another_user_than_the_hint_s_is_an_error()
    {
        var client = await server.AddClientAsync();
        var hint = (await oauth.GetTokensAsync(client, "openid"))["id_token"];
        await server.AddUserAsync("dora@example.com", "a long pass phrase");
        using var browser = new Browser(server);

        await browser.OpenAsync(client.Authorize(("id_token_hint", hint)));
        await browser.SignInAsync("dora@example.com", "a long pass phrase");

        Assert.Equal("login_required", browser.Returned("error"));
    }

    [Fact]
    public async Task An_access_token_is_not_a_hint()
    {
        var api = await server.AddApiAsync();
        var client = await server.AddClientAsync();
        var accessToken = (await oauth.GetTokensAsync(client, "read:contacts", api.Identifier))["access_token"];

        Assert.Equal(
            "invalid_request",
            await SilentAsync(client, await server.StartSessionAsync(), ("id_token_hint", accessToken)));
    }

    [Fact]
    public async Task First_party_applications_on_https_are_not_asked_about()
    {
        Assert.Null(await SilentAsync(await server.AddClientAsync(), await server.StartSessionAsync()));
    }

    [Fact]
    public async Task Third_party_applications_are_and_once_is_enough_until_the_scope_grows()
    {
        var client = await server.AddClientAsync(c => c.IsFirstParty = false);
        var user = await server.AdministratorAsync();
        var cookie = await server.StartSessionAsync(user);
        Assert.Equal("consent_required", await SilentAsync(client, cookie));

        await AgreeAsync(user, client, "openid profile");

        Assert.Null(await SilentAsync(client, cookie));
        Assert.Null(await SilentAsync(client, cookie, ("scope", "openid profile")));
        Assert.Equal("consent_required", await SilentAsync(client, cookie, ("scope", "openid profile email")));
    }

    [Fact]
    public async Task Only_a_consent_of_the_user_for_the_API_counts_and_no_earlier_sign_in()
    {
        var api = await server.AddApiAsync(identifier: "https://agreed.example.com");
        var (client, user) = (await server.AddClientAsync(), await server.AdministratorAsync());
        var other = await server.AddUserAsync("carol@example.com", "a password of Carol");
        await oauth.GetTokensAsync(client, "openid");
        await server.ChangeAsync<Client>(c => c.Id == client.Id, c => c.IsFirstParty = false);
        Assert.Equal("consent_required", await SilentAsync(client, await server.StartSessionAsync(user)));

        await AgreeAsync(user, client, "openid");

        Assert.Null(await SilentAsync(client, await server.StartSessionAsync(user)));
        Assert.Equal(
            "consent_required",
            await SilentAsync(client, await server.StartSessionAsync(user), ("audience", api.Identifier)));
        Assert.Equal("consent_required", await SilentAsync(client, await server.StartSessionAsync(other)));
    }

    [Fact]
    public async Task An_api_that_wants_it_makes_first_party_applications_ask()
    {
        var api = await server.AddApiAsync(
            a => a.SkipConsentForVerifiableFirstPartyClients = false, "https://asking.example.com");
        var client = await server.AddClientAsync();

        Assert.Equal(
            "consent_required",
            await SilentAsync(client, await server.StartSessionAsync(), ("audience", api.Identifier)));
    }

    [Theory]
    [InlineData(AppTypes.RegularWeb, false, Loopback, true)]
    [InlineData(AppTypes.Spa, true, Loopback, true)]
    [InlineData(AppTypes.Spa, true, Loopback, false, false)]
    [InlineData(AppTypes.Native, true, Loopback, false)]
    [InlineData(AppTypes.Native, true, "com.example.app:/callback", false)]
    public async Task A_callback_that_anybody_could_receive_asks_and_an_installed_program_asks_each_time(
        string appType, bool isPublic, string callback, bool onceIsEnough, bool isFirstParty = true)
    {
        var client = await server.AddClientAsync(c =>
        {
            (c.AppType, c.Callbacks, c.IsFirstParty) = (appType, [callback], isFirstParty);
            c.TokenEndpointAuthMethod = isPublic
                ? TokenEndpointAuthMethods.None
                : TokenEndpointAuthMethods.ClientSecretPost;
        });
        var user = await server.AdministratorAsync();
        var cookie = await server.StartSessionAsync(user);
        Assert.Equal("consent_required", await SilentAsync(client, cookie));

        await AgreeAsync(user, client, "openid");

        Assert.Equal(onceIsEnough ? null : "consent_required", await SilentAsync(client, cookie));
    }

    [Theory]
    [InlineData("/authorize/resume")]
    [InlineData("/authorize/resume?state=")]
    [InlineData("/authorize/resume?state=forged")]
    public async Task A_handle_that_is_not_ours_goes_nowhere(string path)
    {
        using var http = server.NewHttp();

        using var answer = await http.GetAsync(path);

        Assert.Equal((HttpStatusCode.BadRequest, null), (answer.StatusCode, answer.Headers.Location));
    }

    [Fact]
    public async Task A_handle_expires_after_an_hour()
    {
        var client = await server.AddClientAsync();
        using var login = await oauth.AuthorizeAsync(OAuth.RequestOf(client));
        var resume = login.Headers.Location!.OriginalString.Replace(
            "/u/login", "/authorize/resume", StringComparison.Ordinal);
        using var http = server.NewHttp();
        http.DefaultRequestHeaders.Add("Cookie", "sid=" + await server.StartSessionAsync());

        using var inTime = await http.GetAsync(resume);
        server.Time.Advance(TimeSpan.FromMinutes(61));
        using var late = await http.GetAsync(resume);

        Assert.Contains("code", OAuth.Redirected(inTime).Keys);
        Assert.Equal(HttpStatusCode.BadRequest, late.StatusCode);
    }

    private async Task<string?> SilentAsync(Client client, string cookie, params (string, string?)[] more)
    {
        using var answer = await oauth.AuthorizeAsync(OAuth.RequestOf(client, [("prompt", "none"), .. more]), cookie);
        return OAuth.Redirected(answer).GetValueOrDefault("error");
    }

    private Task AgreeAsync(User user, Client client, string scope) =>
        server.WithAsync<IConsentStore, int>(async consents =>
        {
            var consent = new NewConsent(
                user.UserId,
                user.UserId,
                client,
                Audience: null,
                AuthServer.Core.Scopes.Stored(scope));
            await consents.AddAsync(consent, server.Time.GetUtcNow(), CancellationToken.None);
            return 0;
        });
}
