using System.Net;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using AuthServer.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.PushedRequests;

/// <summary>
/// RFC 9126 §4 and FAPI 2.0 §5.3.2.2: a reference may be loaded as often as its user needs, and is answered once.
/// </summary>
public sealed class ReferenceTests(RunningServer running) : IClassFixture<RunningServer>
{
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);

    [Fact]
    public async Task Pushed_parameters_count_and_those_beside_the_reference_do_not()
    {
        var client = await server.AddClientAsync();
        var reference = await oauth.ReferenceAsync(client, ("state", null), ("nonce", "pushed"));

        using var answer = await oauth.FollowAsync(
            client,
            reference,
            await server.StartSessionAsync(),
            ("state", "beside"),
            ("nonce", "beside"),
            ("redirect_uri", "https://evil.example/"),
            ("response_mode", "fragment"),
            ("prompt", "login"));

        Assert.StartsWith(
            TestData.Callback + "?code=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var sent = OAuth.Redirected(answer);
        Assert.Equal(["code", "iss"], sent.Keys);
        Assert.Equal(
            "pushed",
            OAuth.ClaimsOf((await oauth.RedeemAsync(client, sent["code"]))["id_token"]).GetProperty("nonce").GetString()
        );
    }

    [Fact]
    public async Task A_login_may_be_reloaded_and_take_longer_than_the_reference_lives()
    {
        var client = await server.AddClientAsync();
        var url = await UrlAsync(client);
        using var browser = new Browser(server);

        await browser.OpenAsync(url);
        await browser.OpenAsync(url);
        server.Time.Advance(TimeSpan.FromMinutes(10));
        await browser.OpenAsync(browser.Url.PathAndQuery);
        await browser.SignInAsync();

        Assert.NotNull(browser.Returned("code"));
        Assert.True(browser.Url.PathAndQuery.Length < 1500, "The pending request carries the reference alone.");
    }

    [Fact]
    public async Task Used_expired_unknown_or_another_clients_it_is_our_error_page()
    {
        var (client, other) = (await server.AddClientAsync(), await server.AddClientAsync());
        var cookie = await server.StartSessionAsync();
        var used = await oauth.ReferenceAsync(client);
        (await oauth.FollowAsync(client, used, cookie)).Dispose();
        var late = await oauth.ReferenceAsync(client);
        server.Time.Advance(TimeSpan.FromSeconds(60));
        var fresh = await oauth.ReferenceAsync(client);

        await RefusedAsync(client, used, cookie);
        await RefusedAsync(client, late, cookie);
        await RefusedAsync(other, fresh, cookie);
        await RefusedAsync(client, "urn:ietf:params:oauth:request_uri:guess", cookie);
        await RefusedAsync(client, fresh + "x", cookie);
        using var answer = await oauth.FollowAsync(client, fresh, cookie);
        Assert.Contains("code", OAuth.Redirected(answer).Keys);
    }

    [Fact]
    public async Task A_client_may_have_another_lifetime()
    {
        var client = await server.AddClientAsync(c => c.PushedRequestLifetime = 300);
        var pushed = await oauth.PushAsync(client);
        server.Time.Advance(TimeSpan.FromSeconds(299));

        using var answer = await oauth.FollowAsync(client, pushed["request_uri"]!, await server.StartSessionAsync());

        Assert.Equal(300, pushed.Json.GetProperty("expires_in").GetInt32());
        Assert.Contains("code", OAuth.Redirected(answer).Keys);
    }

    [Fact]
    public async Task Two_tabs_give_one_answer()
    {
        var url = await UrlAsync(await server.AddClientAsync());
        using var first = new Browser(server);
        using var second = new Browser(server);
        await first.OpenAsync(url);
        await second.OpenAsync(url);

        await first.SignInAsync();
        await second.SignInAsync();

        Assert.NotNull(first.Returned("code"));
        Assert.Null(second.LeftTo);
        Assert.Equal(HttpStatusCode.BadRequest, second.Status);
        Assert.Contains("This sign-in has ended", second.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_parallel_answers_one_has_a_code_and_one_grant_is_stored()
    {
        var client = await server.AddClientAsync();
        var (reference, cookie) = (await oauth.ReferenceAsync(client), await server.StartSessionAsync());

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => oauth.FollowAsync(client, reference, cookie)));

        Assert.Single(
            answers,
            answer => answer.Headers.Location?.OriginalString.Contains("code=", StringComparison.Ordinal) == true);
        Assert.Equal(15, answers.Count(answer => answer.StatusCode == HttpStatusCode.BadRequest));
        Assert.Equal(
            1, await server.WithAsync<AuthDbContext, int>(
                db => db.SignIns().CountAsync(a => a.ClientId == client.ClientId)));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task A_refusal_is_an_answer_too()
    {
        var client = await server.AddClientAsync();
        var url = await UrlAsync(client);
        using var browser = new Browser(server);

        await browser.OpenAsync(url);
        await browser.ClickAsync("login-cancel");

        Assert.Equal("access_denied", browser.Returned("error"));
        await browser.OpenAsync(url);
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
    }

    [Fact]
    public async Task An_error_without_a_page_ends_it_as_well()
    {
        var client = await server.AddClientAsync();
        var reference = await oauth.ReferenceAsync(client, ("prompt", "none"));

        using var silent = await oauth.FollowAsync(client, reference, cookie: null);

        Assert.Equal("login_required", OAuth.Redirected(silent)["error"]);
        await RefusedAsync(client, reference, await server.StartSessionAsync());
    }

    [Fact]
    public async Task A_third_party_is_consented_to_and_the_page_speaks_the_pushed_language()
    {
        var client = await server.AddClientAsync(c => c.IsFirstParty = false);
        using var browser = new Browser(server);

        await browser.OpenAsync(await UrlAsync(client, ("ui_locales", "ja")));
        Assert.Equal("ja", browser.Page.DocumentElement.GetAttribute("lang"));
        await browser.SignInAsync();
        await browser.ClickAsync("consent-allow");

        Assert.NotNull(browser.Returned("code"));
    }

    [Fact]
    public async Task A_row_that_no_browser_came_for_goes_when_the_reference_expires()
    {
        var client = await server.AddClientAsync();
        await oauth.ReferenceAsync(client);

        Assert.Equal(1, await CountAsync(client, TimeSpan.FromSeconds(59)));
        Assert.Equal(0, await CountAsync(client, TimeSpan.FromSeconds(61)));
    }

    [Fact]
    public async Task A_row_that_a_login_began_with_goes_when_that_login_can_not_end_any_more()
    {
        var client = await server.AddClientAsync();
        using var browser = new Browser(server);
        await browser.OpenAsync(await UrlAsync(client));

        Assert.Equal(1, await CountAsync(client, TimeSpan.FromMinutes(59)));
        Assert.Equal(0, await CountAsync(client, TimeSpan.FromMinutes(61)));
    }

    [Fact]
    public async Task A_reference_lives_no_longer_for_another_login()
    {
        var url = await UrlAsync(await server.AddClientAsync());
        using var first = new Browser(server);
        using var second = new Browser(server);
        await first.OpenAsync(url);

        server.Time.Advance(TimeSpan.FromSeconds(61));
        await second.OpenAsync(url);
        await first.SignInAsync();

        Assert.Equal(HttpStatusCode.BadRequest, second.Status);
        Assert.NotNull(first.Returned("code"));
    }

    [Fact]
    public async Task A_request_uri_that_could_be_fetched_is_not()
    {
        var client = await server.AddClientAsync();
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(client, ("request_uri", $"http://{listener.LocalEndpoint}/request.jwt")),
            await server.StartSessionAsync());

        Assert.Equal("request_uri_not_supported", OAuth.Redirected(answer)["error"]);
        Assert.False(listener.Pending());
    }

    private async Task<string> UrlAsync(Client client, params (string, string?)[] more) =>
        $"/authorize?client_id={client.ClientId}&request_uri="
        + Uri.EscapeDataString(await oauth.ReferenceAsync(client, more));

    private async Task RefusedAsync(Client client, string reference, string cookie)
    {
        using var answer = await oauth.FollowAsync(client, reference, cookie);
        Assert.Equal((HttpStatusCode.BadRequest, null), (answer.StatusCode, answer.Headers.Location));
    }

    private Task<int> CountAsync(Client client, TimeSpan after) =>
        server.WithAsync<IServiceProvider, int>(async services =>
        {
            await ((ExpiredRows)services.GetService(typeof(ExpiredRows))!).RemoveAsync(
                server.Time.GetUtcNow() + after, CancellationToken.None);
            var db = (AuthDbContext)services.GetService(typeof(AuthDbContext))!;
            return await db.PushedRequests.CountAsync(p => p.ApplicationId == client.Id);
        });
}
