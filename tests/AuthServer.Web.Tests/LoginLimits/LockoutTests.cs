using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.LoginLimits;

/// <summary>Attackers slow themselves down, and not the owner (ASVS 6.1.1).</summary>
public sealed class LockoutTests : IAsyncLifetime
{
    private const string Address = "grace@example.com";
    private const string Home = "198.51.100.7";
    private readonly Callers callers = new();
    private Client client = null!;
    private User user = null!;

    private TestServer Server => callers.Server;

    public async ValueTask InitializeAsync()
    {
        client = await Server.AddPublicClientAsync();
        user = await Server.AddUserAsync(Address, Callers.Password);
    }

    public ValueTask DisposeAsync() => callers.DisposeAsync();

    [Fact]
    public async Task An_address_that_signed_in_before_is_let_in_while_others_guess()
    {
        Assert.True(await callers.TrySignInAsync(Address, Home));
        await GuessFromEverywhereAsync();

        Assert.False(await callers.TrySignInAsync(Address, "192.0.2.1"));
        Assert.True(await callers.TrySignInAsync(Address, Home));
    }

    [Fact]
    public async Task A_browser_that_signed_in_before_is_let_in_while_others_guess_from_its_own_address()
    {
        using var owner = new Browser(Server);
        await SignInAsync(owner);
        await owner.OpenAsync("/oidc/logout");
        await owner.ClickAsync("logout-confirm");
        using var attacker = new Browser(Server);
        await attacker.OpenAsync(client.Authorize());
        for (var i = 0; i < 10; i++)
            await attacker.SignInAsync(Address, $"wrong {i}");

        await attacker.SignInAsync(Address, Callers.Password);
        await SignInAsync(owner);

        Assert.Null(attacker.LeftTo);
        Assert.NotNull(owner.Returned("code"));
    }

    [Fact]
    public async Task A_known_browser_has_a_budget_too()
    {
        using var browser = new Browser(Server);
        await SignInAsync(browser);
        Server.Time.Advance(TimeSpan.FromSeconds(5));
        await browser.OpenAsync(client.Authorize(("prompt", "login")));
        for (var i = 0; i < 10; i++)
            await browser.SignInAsync(Address, $"wrong {i}");
        await browser.SignInAsync(Address, Callers.Password);
        Assert.Null(browser.LeftTo);

        // The budget is the browser's: its address has its own.
        using var other = new Browser(Server);
        await SignInAsync(other);
        Assert.NotNull(other.Returned("code"));
    }

    [Fact]
    public async Task The_cookie_of_a_browser_is_worth_nothing_for_another_account()
    {
        using var owner = new Browser(Server);
        await SignInAsync(owner);
        await Server.AddUserAsync("eve@example.com", Callers.Password);
        using var other = new Browser(Server);
        await other.OpenAsync(client.Authorize());
        other.SetCookie("device", owner.Cookies["device"]);
        for (var i = 0; i < 10; i++)
            await other.SignInAsync("eve@example.com", $"wrong {i}");

        // Not the browser's budget was used up but that of the address, which is also that of another browser.
        Assert.False(await IsLetInAsync("eve@example.com", device: null));
    }

    [Fact]
    public async Task A_browser_that_did_not_sign_in_for_ninety_days_is_not_known_any_more()
    {
        using var owner = new Browser(Server);
        await SignInAsync(owner);
        Server.Time.Advance(TimeSpan.FromDays(90));
        using var attacker = new Browser(Server);
        await attacker.OpenAsync(client.Authorize());
        for (var i = 0; i < 10; i++)
            await attacker.SignInAsync(Address, $"wrong {i}");

        Assert.False(await IsLetInAsync(Address, owner.Cookies["device"]));
    }

    [Fact]
    public async Task A_cookie_that_this_server_did_not_seal_is_worth_nothing()
    {
        using var owner = new Browser(Server);
        await SignInAsync(owner);
        using var attacker = new Browser(Server);
        await attacker.OpenAsync(client.Authorize());
        for (var i = 0; i < 10; i++)
            await attacker.SignInAsync(Address, $"wrong {i}");

        var device = owner.Cookies["device"];
        Assert.False(await IsLetInAsync(Address, "forged" + device));
        Assert.False(await IsLetInAsync(Address, Unsealed("an id", user.UserId)));
        Assert.True(await IsLetInAsync(Address, device));
    }

    [Fact]
    public async Task The_cookie_remembers_ten_accounts()
    {
        var lengths = new List<int>();
        using var browser = new Browser(Server);
        for (var i = 0; i < 12; i++)
        {
            await Server.AddUserAsync($"person{i}@example.com", Callers.Password);
            Server.Time.Advance(TimeSpan.FromSeconds(5));
            await browser.OpenAsync(client.Authorize(("prompt", "login")));
            await browser.SignInAsync($"person{i}@example.com", Callers.Password);
            lengths.Add(browser.Cookies["device"].Length);
        }

        Assert.True(lengths[8] < lengths[9], string.Join(", ", lengths));
        Assert.Equal((lengths[9], lengths[9]), (lengths[10], lengths[11]));
    }

    [Fact]
    public async Task A_new_password_by_email_lets_its_browser_in_while_others_guess()
    {
        await GuessFromEverywhereAsync();
        using var browser = new Browser(Server);
        await browser.OpenAsync(client.Authorize());
        await browser.ClickAsync("forgot-link");
        await browser.Fill("username", Address).ClickAsync("forgot-submit");
        await browser.OpenAsync(await ResetLinkAsync());
        await browser.Fill("password", "another long pass phrase").ClickAsync("reset-submit");
        await GuessFromEverywhereAsync();

        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync(Address, "another long pass phrase");

        Assert.NotNull(browser.Returned("code"));
    }

    [Theory]
    [InlineData(Address)]
    [InlineData("nobody@example.com")]
    public async Task The_delay_grows_with_each_further_wrong_password(string name)
    {
        await callers.GuessAsync(name, Home, 10);
        int[] minutes = [1, 2, 4, 8, 15, 15];

        foreach (var delay in minutes)
        {
            Server.Time.Advance(TimeSpan.FromMinutes(delay) - TimeSpan.FromSeconds(1));
            Assert.Equal("limit_wc", await TypeOfGuessAsync(name));
            Server.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(name == Address ? "fp" : "fu", await TypeOfGuessAsync(name));
        }
    }

    [Fact]
    public async Task After_the_delay_the_owner_is_let_in_and_starts_anew()
    {
        await callers.GuessAsync(Address, Home, 10);
        Server.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await callers.TrySignInAsync(Address, Home));
        await callers.GuessAsync(Address, Home, 9);

        Assert.True(await callers.TrySignInAsync(Address, Home));
    }

    [Fact]
    public async Task An_address_that_guesses_at_many_accounts_is_delayed_at_its_own_account_too()
    {
        Assert.True(await callers.TrySignInAsync(Address, Home));
        for (var i = 0; i < 100; i++)
            await callers.GuessAsync($"person{i}@example.com", Home, 1);

        Assert.Equal("limit_mu", await TypeOfGuessAsync(Address));
        Assert.True(await callers.TrySignInAsync(Address, "198.51.100.8"));
    }

    [Fact]
    public async Task An_ipv6_address_counts_by_its_network()
    {
        for (var i = 0; i < 10; i++)
            await callers.GuessAsync(Address, $"2001:db8:1:1::{i + 1}", 1);

        Assert.False(await callers.TrySignInAsync(Address, "2001:db8:1:1::ffff"));
        Assert.True(await callers.TrySignInAsync(Address, "2001:db8:1:2::1"));
    }

    /// <summary>Of the first email with a ticket; notices of blocks come between.</summary>
    private async Task<string> ResetLinkAsync(int after = 0)
    {
        var letter = await Server.EmailToAsync(Address, after);
        return letter.Text.Contains("ticket=", StringComparison.Ordinal)
            ? letter.LinkOf()
            : await ResetLinkAsync(after + 1);
    }

    /// <summary>The event of one guess; what a job records meanwhile has no client.</summary>
    private async Task<string> TypeOfGuessAsync(string name)
    {
        var events = await Server.EventsOfAsync(() => callers.GuessAsync(name, Home, 1));
        return events.Where(e => e.ClientId is not null).Types().First(type => type is not "fepft");
    }

    /// <summary>Uses up what addresses that never signed in to the account have together.</summary>
    private async Task GuessFromEverywhereAsync()
    {
        for (var i = 0; i < 6; i++)
            await callers.GuessAsync(Address, $"203.0.113.{i}", 10);
    }

    /// <summary>Cookie value as <c>DeviceCookie</c> would encrypt it.</summary>
    private string Unsealed(string id, string userId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{id}|{userId}")).AsSpan(0, 16);
        var account = new { Hash = Base64Url.EncodeToString(hash), SignedInAt = Server.Time.GetUtcNow() };
        var device = new { Id = id, Accounts = new[] { account } };
        return Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(device));
    }

    /// <summary>Whether the right password signs in, in a browser of its own with this device cookie.</summary>
    private async Task<bool> IsLetInAsync(string name, string? device)
    {
        using var browser = new Browser(Server);
        await browser.OpenAsync(client.Authorize());
        if (device is not null)
            browser.SetCookie("device", device);
        await browser.SignInAsync(name, Callers.Password);
        if (browser.LeftTo is null)
            Assert.Contains("too many attempts", browser.Text, StringComparison.Ordinal);
        return browser.LeftTo is not null;
    }

    private async Task SignInAsync(Browser browser)
    {
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync(Address, Callers.Password);
    }
}
