using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.LoginLimits;

/// <summary>The owner of a blocked account is notified, and not flooded (ASVS 6.3.5).</summary>
public sealed class BlockNoticeTests : IAsyncLifetime
{
    private const string Name = "grace@example.com";
    private readonly Callers callers = new();
    private User user = null!;

    private TestServer Server => callers.Server;

    public async ValueTask InitializeAsync() => user = await Server.AddUserAsync(Name, Callers.Password);

    public ValueTask DisposeAsync() => callers.DisposeAsync();

    [Fact]
    public async Task The_owner_is_notified_once_an_hour()
    {
        await callers.GuessAsync(Name, "203.0.113.1", 10);
        var letter = await Server.EmailToAsync(Name);
        Assert.Contains("Wrong passwords for your account", letter.Subject, StringComparison.Ordinal);
        Assert.Contains("203.0.113.1", letter.Text, StringComparison.Ordinal);
        Assert.Contains(Core.Clients.AccountApplication.ForgottenPath, letter.Text, StringComparison.Ordinal);
        var logged = await Server.EventAsync("limit_wc", e => e.UserId == user.UserId);
        Assert.Equal("Blocked Account: the owner was told by email", logged.Description);

        await callers.GuessAsync(Name, "203.0.113.2", 10);
        await Server.UntilAllIsSentAsync();
        Assert.Single(Server.EmailsTo(Name));

        Server.Time.Advance(TimeSpan.FromHours(1));
        await callers.GuessAsync(Name, "203.0.113.3", 10);
        letter = await Server.EmailToAsync(Name, after: 1);
        Assert.Contains("203.0.113.3", letter.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_passwords_that_block_nothing_are_not_notified()
    {
        await callers.GuessAsync(Name, "203.0.113.1", 9);
        await Server.UntilAllIsSentAsync();

        Assert.Empty(Server.EmailsTo(Name));
    }

    [Fact]
    public async Task A_name_that_no_user_has_gets_none()
    {
        await callers.GuessAsync("nobody@example.com", "203.0.113.1", 10);
        await Server.UntilAllIsSentAsync();

        Assert.Empty(Server.EmailsTo("nobody@example.com"));
    }

    [Fact]
    public async Task The_email_is_in_the_language_of_the_tenant()
    {
        await Server.ChangeSettingsAsync(settings => settings.EnabledLocales = ["ja", "en"]);
        await callers.GuessAsync(Name, "203.0.113.1", 10);

        var letter = await Server.EmailToAsync(Name);
        Assert.Contains("サインインの失敗が続いています", letter.Subject, StringComparison.Ordinal);
    }
}
