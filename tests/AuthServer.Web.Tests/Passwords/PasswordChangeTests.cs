using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;
using AuthServer.Web.Tests.LoginLimits;

namespace AuthServer.Web.Tests.Passwords;

/// <summary>
/// A password that is set while another request verifies the old one ends that request too (ASVS 7.4.3).
/// </summary>
public sealed class PasswordChangeTests : IAsyncLifetime
{
    private const string Address = "grace@example.com";
    private const string New = "another long pass phrase";
    private readonly HashingDouble hashing = new();
    private Callers callers = null!;
    private Client client = null!;
    private Browser owner = null!;
    private Browser other = null!;

    private TestServer Server => callers.Server;

    public async ValueTask InitializeAsync()
    {
        callers = new Callers(hashing.Replace);
        await Server.AddUserAsync(Address, Callers.Password);
        (client, owner, other) = (await Server.AddPublicClientAsync(), new Browser(Server), new Browser(Server));
    }

    public async ValueTask DisposeAsync()
    {
        owner.Dispose();
        other.Dispose();
        await callers.DisposeAsync();
    }

    [Fact]
    public async Task A_login_in_flight_is_refused_like_a_wrong_password()
    {
        var link = await AskForResetAsync();
        await other.OpenAsync(client.Authorize());
        await callers.ClientAsync();
        var gate = hashing.Close();
        var login = other.SignInAsync(Address, Callers.Password);
        var grant = callers.TrySignInAsync(Address, "203.0.113.1");
        await hashing.UntilWaitingAsync(2);

        await ResetAsync(link);
        var events = await Server.EventsOfAsync(async () =>
        {
            gate.SetResult();
            await login;
            Assert.False(await grant);
        });

        Assert.Contains("Wrong email, username or password", other.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("sid", other.Cookies.Keys);
        Assert.Equal(2, events.Types().Count(type => type == "fp"));
        Assert.DoesNotContain("s", events.Types());
    }

    [Fact]
    public async Task A_change_in_flight_at_the_account_page_does_not_replace_the_newer_password()
    {
        var link = await AskForResetAsync();
        await other.OpenAsync("/account");
        await other.SignInAsync(Address, Callers.Password);
        await other.OpenAsync("/account/password");
        var gate = hashing.Close();
        var change = other.Fill("current", Callers.Password).Fill("password", "the pass phrase of an attacker")
            .ClickAsync("password-submit");
        await hashing.UntilWaitingAsync(1);

        await ResetAsync(link);
        gate.SetResult();
        await change;

        Assert.Contains("The current password is wrong", other.Text, StringComparison.Ordinal);
        Assert.True(await callers.TrySignInAsync(Address, "203.0.113.1", New));
        Assert.False(await callers.TrySignInAsync(Address, "203.0.113.1", "the pass phrase of an attacker"));
    }

    [Fact]
    public async Task Logins_in_flight_go_on_when_one_of_them_stores_a_newer_hash()
    {
        await callers.ClientAsync();
        hashing.Newest = "newest ";
        var gate = hashing.Close();
        var logins = Enumerable.Range(0, 3).Select(i => callers.TrySignInAsync(Address, $"203.0.113.{i}")).ToList();
        await other.OpenAsync(client.Authorize());
        var login = other.SignInAsync(Address, Callers.Password);
        await hashing.UntilWaitingAsync(4);

        gate.SetResult();

        Assert.All(await Task.WhenAll(logins), Assert.True);
        await login;
        Assert.NotNull(other.Returned("code"));
    }

    private async Task<string> AskForResetAsync()
    {
        await owner.OpenAsync(client.Authorize());
        await owner.ClickAsync("forgot-link");
        await owner.Fill("username", Address).ClickAsync("forgot-submit");
        return (await Server.EmailToAsync(Address)).LinkOf();
    }

    private async Task ResetAsync(string link)
    {
        hashing.Gate = null;
        await owner.OpenAsync(link);
        await owner.Fill("password", New).ClickAsync("reset-submit");
        Assert.Equal(HttpStatusCode.OK, owner.Status);
        Assert.Contains("Your password is set", owner.Text, StringComparison.Ordinal);
    }
}
