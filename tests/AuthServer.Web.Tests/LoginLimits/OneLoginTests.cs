using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.LoginLimits;

/// <summary>One login is one attempt, one event and one hash, however many databases the application has.</summary>
public sealed class OneLoginTests : IAsyncLifetime
{
    private const string Name = "grace@example.com";
    private readonly HashingDouble hashing = new();
    private Callers callers = null!;
    private Client client = null!;
    private Browser browser = null!;

    private TestServer Server => callers.Server;

    public async ValueTask InitializeAsync()
    {
        callers = new Callers(hashing.Replace);
        (client, browser) = (await Server.AddPublicClientAsync(), new Browser(Server));
        await Server.ChangeAsync(db =>
        {
            foreach (var name in (string[])["a-first", "a-second", "z-last"])
            {
                db.Add(new Connection { Id = "con_" + name, Name = name, Strategy = Connection.DatabaseStrategy });
                db.Add(new ConnectionClient { ConnectionId = "con_" + name, ClientId = client.ClientId });
            }

            return Task.CompletedTask;
        });
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await callers.DisposeAsync();
    }

    [Fact]
    public async Task A_user_of_the_last_database_signs_in_with_one_hash_and_one_event()
    {
        await Server.AddUserAsync(Name, Callers.Password, "z-last");
        var events = await Server.EventsOfAsync(() => SignInAsync(Callers.Password));

        Assert.Equal(("s", "z-last"), (Assert.Single(events).Type, events[0].Connection));
        Assert.Equal("hash of " + Callers.Password, Assert.Single(hashing.Verified).Hash);
        Assert.NotNull(browser.Returned("code"));
    }

    [Theory]
    [InlineData(Name, "fp")]
    [InlineData("nobody@example.com", "fu")]
    public async Task A_failure_is_one_event_one_hash_and_one_wrong_password(string name, string type)
    {
        await Server.AddUserAsync(Name, Callers.Password, "z-last");
        var events = await Server.EventsOfAsync(() => SignInAsync("wrong", name));

        Assert.Equal([type], events.Types());
        Assert.Single(hashing.Verified);
        var hash = LoginRules.Address("127.0.0.1").Hash;
        Assert.Equal(1, (await Server.WithAsync<AuthDbContext, Storage.Users.LoginCounter>(
            db => db.LoginCounters.SingleAsync(c => c.Hash == hash))).Count);
    }

    [Fact]
    public async Task A_right_password_counts_in_no_other_database()
    {
        await Server.AddUserAsync(Name, Callers.Password, "z-last");
        for (var i = 0; i < 40; i++)
        {
            Server.Time.Advance(TimeSpan.FromSeconds(5));
            await browser.OpenAsync(client.Authorize(("prompt", "login")));
            await browser.SignInAsync(Name, Callers.Password);
            Assert.NotNull(browser.Returned("code"));
        }
    }

    [Fact]
    public async Task When_several_databases_have_the_name_the_oldest_account_counts()
    {
        await Server.AddUserAsync(Name, "the password of the first", "z-last");
        Server.Time.Advance(TimeSpan.FromMinutes(1));
        await Server.AddUserAsync(Name, "the password of the second", "a-first");

        await SignInAsync("the password of the second");
        Assert.Null(browser.LeftTo);
        await SignInAsync("the password of the first");
        Assert.NotNull(browser.Returned("code"));
        Assert.Equal(2, hashing.Verified.Count);
    }

    /// <summary>
    /// A refusal costs the same for every name: its time does not show that a username and an email are one account.
    /// </summary>
    [Fact]
    public async Task A_used_up_budget_costs_one_hash_of_no_user_for_every_name_of_the_account()
    {
        var user = await Server.AddUserAsync(Name, Callers.Password);
        await Server.ChangeAsync<PasswordCredential>(c => c.UserId == user.UserId, c => c.NormalizedUsername = "grace");
        await callers.GuessAsync(Name, "203.0.113.1", 10);
        var before = hashing.Verified.Count;

        foreach (var name in (string[])[Name, "grace", "nobody@example.com"])
            Assert.False(await callers.TrySignInAsync(name, "203.0.113.1"));

        Assert.Equal([null, null, null], hashing.Verified.Skip(before).Select(verified => verified.Hash));
        Assert.Equal(3, hashing.Verified.Count - before);
    }

    private async Task SignInAsync(string password, string name = Name)
    {
        await browser.OpenAsync(client.Authorize());
        await browser.SignInAsync(name, password);
    }
}
