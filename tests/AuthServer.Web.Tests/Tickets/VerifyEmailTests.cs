using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using AuthServer.Web.Sessions;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Tickets;

/// <summary>A user who signs up confirms the address; a program that scans emails doesn't do it for them.</summary>
public sealed class VerifyEmailTests : IAsyncLifetime
{
    private const string Typed = "Grace@example.com";

    /// <summary>As databases store it.</summary>
    private const string Address = "grace@example.com";

    private readonly TestServer server = new();
    private Client client = null!;
    private Browser browser = null!;

    public async ValueTask InitializeAsync() =>
        (client, browser) = (await server.AddPublicClientAsync(), new Browser(server));

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task The_email_of_a_new_account_confirms_its_address()
    {
        await SignUpAsync();
        var letter = await server.EmailToAsync(Address);
        Assert.Equal("Confirm your email address for AuthServer", letter.Subject);

        using var elsewhere = new Browser(server);
        await elsewhere.OpenAsync(letter.LinkOf());
        Assert.Contains(Address, elsewhere.Text, StringComparison.Ordinal);
        Assert.False(await IsVerifiedAsync());
        await elsewhere.ClickAsync("verify-submit");

        Assert.Contains("your address is confirmed", elsewhere.Text, StringComparison.Ordinal);
        Assert.True(await IsVerifiedAsync());
        Assert.False(elsewhere.Cookies.ContainsKey("sid"));
        await elsewhere.OpenAsync(letter.LinkOf());
        Assert.Contains("any more", elsewhere.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sixty_four_at_once_have_one_effect()
    {
        await SignUpAsync();
        var link = (await server.EmailToAsync(Address)).LinkOf();
        await browser.OpenAsync(link);
        var (cookie, token) = (
            browser.Cookies["csrf"], browser.Input(PageAntiforgery.FieldName)!.GetAttribute("value")!);
        using var http = server.NewHttp();

        var pages = await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, link)
            {
                Headers = { { "Cookie", "csrf=" + cookie } },
            };
            request.Content = new FormUrlEncodedContent([new(PageAntiforgery.FieldName, token)]);
            using var answer = await http.SendAsync(request);
            return await answer.Content.ReadAsStringAsync();
        }));

        Assert.Single(pages, page => page.Contains("your address is confirmed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_taken_address_gets_no_email()
    {
        await browser.OpenAsync(client.Authorize(("screen_hint", "signup")));
        await browser
            .Fill("username", TestServer.AdminEmail)
            .Fill("password", "four unrelated words here")
            .ClickAsync("signup-submit");
        await server.UntilAllIsSentAsync();

        Assert.Empty(server.EmailsTo(TestServer.AdminEmail));
    }

    [Fact]
    public async Task The_account_page_sends_it_again_and_the_first_link_is_void_then()
    {
        await SignUpAsync();
        var first = await server.EmailToAsync(Address);
        server.Time.Advance(TimeSpan.FromMinutes(2));
        await browser.OpenAsync("/account");
        Assert.Contains("Your email address is not confirmed", browser.Text, StringComparison.Ordinal);
        await browser.ClickAsync("verify-again");
        Assert.Contains($"An email to {Address} is on its way", browser.Text, StringComparison.Ordinal);

        var second = await server.EmailToAsync(Address, after: 1);
        await browser.OpenAsync(first.LinkOf());
        Assert.Contains("any more", browser.Text, StringComparison.Ordinal);
        await browser.OpenAsync(second.LinkOf());
        await browser.ClickAsync("verify-submit");
        await browser.ClickAsync("way-on");
        Assert.DoesNotContain("not confirmed", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_address_gets_one_email_a_minute_and_five_an_hour()
    {
        await SignUpAsync();
        await browser.OpenAsync("/account");
        for (var i = 0; i < 3; i++)
            await browser.ClickAsync("verify-again");
        await server.UntilAllIsSentAsync();
        Assert.Single(server.EmailsTo(Address));

        for (var i = 0; i < 10; i++)
        {
            server.Time.Advance(TimeSpan.FromMinutes(2));
            await browser.ClickAsync("verify-again");
        }

        await server.UntilAllIsSentAsync();
        Assert.Equal(5, server.EmailsTo(Address).Count);
    }

    [Fact]
    public async Task The_email_is_in_the_language_of_the_page()
    {
        using var japanese = new Browser(server, "ja");
        await japanese.OpenAsync(client.Authorize(("screen_hint", "signup")));
        japanese.Fill("username", Typed).Fill("password", "four unrelated words here");
        await japanese.ClickAsync("signup-submit");
        var letter = await server.EmailToAsync(Address);

        Assert.Equal("AuthServer：メールアドレスの確認のお願い", letter.Subject);
        await browser.OpenAsync(letter.LinkOf());
        Assert.Contains("このアドレスを確認する", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_user_takes_the_ticket_along()
    {
        await SignUpAsync();
        var link = (await server.EmailToAsync(Address)).LinkOf();
        await server.ChangeAsync(async db => db.Remove(await FindAsync(db)));

        await browser.OpenAsync(link);
        Assert.Contains("any more", browser.Text, StringComparison.Ordinal);
    }

    private static Task<User> FindAsync(AuthDbContext db) => db.Users.SingleAsync(u => u.Email == Address);

    private Task<bool> IsVerifiedAsync() =>
        server.WithAsync<AuthDbContext, bool>(async db => (await FindAsync(db)).EmailVerified);

    private async Task SignUpAsync()
    {
        await browser.OpenAsync(client.Authorize(("screen_hint", "signup")));
        await browser.Fill("username", Typed).Fill("password", "four unrelated words here").ClickAsync("signup-submit");
        Assert.NotNull(browser.Returned("code"));
    }
}
