using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;
using AuthServer.Web.Sessions;

namespace AuthServer.Web.Tests.Tickets;

/// <summary>ASVS 6.2, 6.3.7, 6.4.1, 6.4.3, 7.4.3.</summary>
public sealed class ResetPasswordTests : IAsyncLifetime
{
    private const string Address = "grace@example.com";
    private const string Old = "a long pass phrase";
    private const string New = "another long pass phrase";

    /// <summary>64 at once fit into the queue.</summary>
    private readonly TestServer server = new(
        settings: new Dictionary<string, string?> { ["AuthServer:PasswordHashing:MaxWaiting"] = "1000" });
    private Client client = null!;
    private User user = null!;
    private Browser browser = null!;

    public async ValueTask InitializeAsync() =>
        (client, user, browser) = (
            await server.AddPublicClientAsync(), await server.AddUserAsync(Address, Old), new Browser(server));

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_user_who_forgot_the_password_sets_another_and_continues_to_the_application()
    {
        await browser.OpenAsync(await AskAsync(Address));
        Assert.Contains(Address, browser.Text, StringComparison.Ordinal);
        Assert.Equal("new-password", browser.Input("password")!.GetAttribute("autocomplete"));
        await browser.Fill("password", New).ClickAsync("reset-submit");

        Assert.Contains("Your password is set", browser.Text, StringComparison.Ordinal);
        Assert.False(browser.Cookies.ContainsKey("sid"));
        await browser.ClickAsync("way-on");
        await browser.SignInAsync(Address, New);
        Assert.NotNull(browser.Returned("code"));
        Assert.Equal("xyzABC123", browser.Returned("state"));
        var stored = await server.StoredUserAsync(user.UserId);
        Assert.True(stored.EmailVerified);
        Assert.NotNull(stored.LastPasswordReset);
    }

    [Fact]
    public async Task The_old_password_sessions_and_refresh_tokens_are_dead()
    {
        var oauth = new OAuth(server);
        var spa = await server.AddPublicClientAsync();
        await server.AddApiAsync();
        var cookie = await server.StartSessionAsync(user);
        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(spa, ("scope", "openid offline_access"), ("audience", TestData.Api)), cookie);
        var token = (await oauth.RedeemAsync(spa, OAuth.Redirected(answer)["code"]))["refresh_token"];
        Assert.NotNull(token);

        await ResetAsync(await AskAsync(Address), New);

        Assert.Equal("invalid_grant", (await oauth.RefreshAsync(spa, token)).Error);
        using var silent = await oauth.AuthorizeAsync(OAuth.RequestOf(spa, ("prompt", "none")), cookie);
        Assert.Equal("login_required", OAuth.Redirected(silent)["error"]);
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync(Address, Old);
        Assert.Null(browser.LeftTo);
    }

    [Fact]
    public async Task A_request_that_waited_for_half_an_hour_is_not_answered()
    {
        var now = server.Time.GetUtcNow();
        await server.ChangeAsync(db => Task.FromResult(db.Add(new PasswordResetRequest
        {
            Id = Guid.CreateVersion7(now),
            Connections = [Core.Model.Connection.DefaultDatabase],
            Identifier = Address,
            Language = "en",
            Issuer = server.Issuer.Value,
            CreatedAt = now.AddMinutes(-30),
            NextTryAt = now,
        })));

        await server.UntilAllIsSentAsync();

        Assert.Empty(server.EmailsTo(Address));
    }

    [Fact]
    public async Task An_email_reports_it_and_links_another_reset()
    {
        await ResetAsync(await AskAsync(Address), New);

        await server.UntilAllIsSentAsync();
        var notice = Assert.Single(
            server.EmailsTo(Address), letter => letter.Subject == "Your password for AuthServer was changed");
        await browser.OpenAsync(notice.LinkOf());
        Assert.Equal("/u/reset-password/request", browser.Url.AbsolutePath);
    }

    [Theory]
    [InlineData("short 7", "at least 8 characters")]
    [InlineData("password123", "one of the first that others would guess")]
    public async Task A_password_that_does_not_fit_leaves_the_link_good(string password, string said)
    {
        var link = await AskAsync(Address);
        await ResetAsync(link, password);
        Assert.Contains(said, browser.Page.GetElementById("problem")!.TextContent, StringComparison.Ordinal);

        await browser.Fill("password", New).ClickAsync("reset-submit");
        Assert.Contains("Your password is set", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_look_spends_nothing_and_a_second_use_explains_itself()
    {
        var link = await AskAsync(Address);
        for (var i = 0; i < 3; i++)
            await browser.OpenAsync(link);
        await browser.Fill("password", New).ClickAsync("reset-submit");
        Assert.Contains("Your password is set", browser.Text, StringComparison.Ordinal);

        await browser.OpenAsync(link);

        Assert.Contains("This link can't be used any more", browser.Text, StringComparison.Ordinal);
        await browser.ClickAsync("another");
        Assert.Equal("/u/reset-password/request", browser.Url.AbsolutePath);
    }

    [Fact]
    public async Task Sixty_four_at_once_have_one_effect()
    {
        var link = await AskAsync(Address);
        await browser.OpenAsync(link);
        var (cookie, token) = (
            browser.Cookies["csrf"], browser.Input(PageAntiforgery.FieldName)!.GetAttribute("value")!);
        using var http = server.NewHttp();

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(async i =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, link)
            {
                Headers = { { "Cookie", "csrf=" + cookie } },
            };
            request.Content = new FormUrlEncodedContent([
                new(PageAntiforgery.FieldName, token), new("password", $"{New} {i}"),
            ]);
            using var answer = await http.SendAsync(request);
            return await answer.Content.ReadAsStringAsync();
        }));

        Assert.Single(answers, page => page.Contains("Your password is set", StringComparison.Ordinal));
        Assert.Equal(63, answers.Count(page => page.Contains("any more", StringComparison.Ordinal)));
        await server.UntilAllIsSentAsync();
        Assert.Equal(2, server.EmailsTo(Address).Count);
    }

    [Fact]
    public async Task An_hour_later_it_is_void()
    {
        var link = await AskAsync(Address);
        server.Time.Advance(TimeSpan.FromHours(1));

        await IsVoidAsync(link);
    }

    [Fact]
    public async Task A_newer_one_voids_the_older()
    {
        var link = await AskAsync(Address);
        server.Time.Advance(TimeSpan.FromMinutes(2));
        var newer = await AskAsync(Address, after: 1);

        await IsVoidAsync(link);
        await ResetAsync(newer, New);
        Assert.Contains("Your password is set", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_the_user_changes_voids_it()
    {
        var link = await AskAsync(Address);
        using var owner = new Browser(server);
        await owner.OpenAsync("/account");
        await owner.SignInAsync(Address, Old);
        await owner.ClickAsync("change-password");
        await owner.Fill("current", Old).Fill("password", New).ClickAsync("password-submit");

        await browser.OpenAsync(link);

        Assert.Contains("any more", browser.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("address")]
    [InlineData("there and back")]
    [InlineData("block")]
    [InlineData("password")]
    public async Task A_change_of_the_account_voids_it(string change)
    {
        await using var management = new ManagementScenario();
        var id = await management.NewUserAsync("linus@example.com", "\"verify_email\":false");
        var link = new Uri(
            (await management.PostAsync("tickets/password-change", $$"""{"user_id":"{{id}}"}""")).Text("ticket")
        ).PathAndQuery;
        foreach (var body in change switch
        {
            "address" => (string[])["""{"email":"other@example.com"}"""],
            "there and back" => ["""{"email":"other@example.com"}""", """{"email":"linus@example.com"}"""],
            "block" => ["""{"blocked":true}""", """{"blocked":false}"""],
            _ => ["""{"password":"a new and long one"}"""],
        })
            Assert.Equal(200, (await management.PatchAsync("users/" + id, body)).Status);

        using var theirs = new Browser(management.Server);
        await theirs.OpenAsync(link);
        Assert.Contains("any more", theirs.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/u/reset-password")]
    [InlineData("/u/reset-password?ticket=")]
    [InlineData("/u/reset-password?ticket=forged")]
    [InlineData("/u/reset-password?ticket=a&ticket=b")]
    [InlineData("/u/verify-email?ticket=%00")]
    public async Task An_invalid_ticket_shows_a_page_with_the_reason(string url)
    {
        await browser.OpenAsync(url);

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("any more", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_to_reset_does_not_verify_and_the_other_way_round()
    {
        var link = await AskAsync(Address);

        await IsVoidAsync(link.Replace("reset-password", "verify-email", StringComparison.Ordinal));
        await browser.OpenAsync(link);
        Assert.True(browser.Has("reset-submit"));
    }

    [Fact]
    public async Task No_ticket_stands_in_the_store_or_in_the_log()
    {
        var link = await AskAsync(Address);
        var ticket = System.Web.HttpUtility.ParseQueryString(link.Split('?')[1])["ticket"]!;
        await browser.OpenAsync(link);
        await browser.OpenAsync("/");

        Assert.DoesNotContain(ticket, server.Log.ToString(), StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(server.DataDirectory, "authserver.db*"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
            Assert.False(bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(ticket)) >= 0, file);
        }
    }

    /// <summary>From the login page to the email's link.</summary>
    private async Task<string> AskAsync(string address, int after = 0)
    {
        await browser.OpenAsync(client.Authorize());
        await browser.ClickAsync("forgot-link");
        await browser.Fill("username", address).ClickAsync("forgot-submit");
        Assert.Contains("Check your email", browser.Text, StringComparison.Ordinal);
        return (await server.EmailToAsync(address, after)).LinkOf();
    }

    private async Task ResetAsync(string link, string password)
    {
        await browser.OpenAsync(link);
        await browser.Fill("password", password).ClickAsync("reset-submit");
    }

    private async Task IsVoidAsync(string link)
    {
        await browser.OpenAsync(link);
        Assert.Contains("This link can't be used any more", browser.Text, StringComparison.Ordinal);
    }
}
