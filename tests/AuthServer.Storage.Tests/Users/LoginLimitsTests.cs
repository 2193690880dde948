using AuthServer.Core;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;

namespace AuthServer.Storage.Tests.Users;

/// <summary>Parallel attempts get no more tries than serial ones (CVE-2023-33170), and a delay ends.</summary>
public sealed class LoginLimitsTests(TestStore store) : IClassFixture<TestStore>
{
    private static readonly Issuer Issuer = Issuer.TryParse("https://login.example.com/")!;
    private readonly string account = OpaqueToken.Alphanumeric(20);

    private LoginRule Rule => LoginRules.AccountFromAddress(account, "203.0.113.1");

    [Fact]
    public async Task Of_a_hundred_parallel_failures_ten_are_counted()
    {
        var blocks = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => CountAsync(TestStore.Now)));

        Assert.Equal((10, 90), (blocks.Count(block => block is null), blocks.Count(block => block == Rule)));
        Assert.NotNull(await FindAsync(TestStore.Now));
    }

    [Fact]
    public async Task A_refused_attempt_prolongs_nothing()
    {
        for (var i = 0; i < 15; i++)
            await CountAsync(TestStore.Now.AddSeconds(i));

        Assert.NotNull(await FindAsync(TestStore.Now.AddSeconds(68)));
        Assert.Null(await FindAsync(TestStore.Now.AddSeconds(69)));
    }

    [Fact]
    public async Task A_window_without_a_delay_forgets()
    {
        for (var i = 0; i < 9; i++)
            await CountAsync(TestStore.Now);
        for (var i = 0; i < 9; i++)
            await CountAsync(TestStore.Now + Rule.Window);

        Assert.Null(await FindAsync(TestStore.Now + Rule.Window));
    }

    [Fact]
    public async Task When_one_rule_allows_no_attempt_the_others_are_not_charged()
    {
        var other = LoginRules.AccountFromUnknownAddresses(account);
        for (var i = 0; i < 10; i++)
            await CountAsync(TestStore.Now);
        for (var i = 0; i < 60; i++)
            Assert.Equal(Rule, await CountAsync(TestStore.Now, [other, Rule]));

        Assert.Null(await FindAsync(TestStore.Now, other));
    }

    [Fact]
    public async Task A_success_resets_the_count_of_its_address_only_and_remembers_the_address()
    {
        var user = await UserAsync();
        var here = LoginRules.AccountFromAddress(user, "203.0.113.1");
        var everywhere = LoginRules.AccountFromUnknownAddresses(user) with { Free = 10 };
        for (var i = 0; i < 9; i++)
            await CountAsync(TestStore.Now, [here, everywhere]);
        await RecordSuccessAsync([here, everywhere], user);
        await CountAsync(TestStore.Now, [here, everywhere]);

        Assert.Null(await FindAsync(TestStore.Now, here));
        Assert.Equal(everywhere, await FindAsync(TestStore.Now, everywhere));
        Assert.True(await IsKnownAsync(user, "203.0.113.1"));
        Assert.False(await IsKnownAsync(user, "203.0.113.2"));
    }

    [Fact]
    public async Task Parallel_successes_from_a_new_address_all_succeed()
    {
        var user = await UserAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RecordSuccessAsync([Rule], user)));

        Assert.True(await IsKnownAsync(user, "203.0.113.1"));
    }

    private Task<string> UserAsync() => store.AskAsync<AuthDbContext, string>(async db =>
    {
        var user = NewUser.InDatabase("Username-Password-Authentication", $"{account}@example.com", TestStore.Now);
        db.Add(user);
        await db.SaveChangesAsync();
        return user.UserId;
    });

    private Task<LoginRule?> CountAsync(DateTimeOffset now, IReadOnlyList<LoginRule>? rules = null) =>
        store.AskAsync<ILoginLimits, LoginRule?>(
            s => s.CountFailureAsync(rules ?? [Rule], Issuer, now, CancellationToken.None));

    private Task<LoginRule?> FindAsync(DateTimeOffset now, LoginRule? rule = null) =>
        store.AskAsync<ILoginLimits, LoginRule?>(s => s.FindBlockAsync([rule ?? Rule], now, CancellationToken.None));

    private Task<bool> RecordSuccessAsync(IReadOnlyList<LoginRule> rules, string user) =>
        store.AskAsync<ILoginLimits, bool>(async s =>
        {
            await s.RecordSuccessAsync(rules, user, "203.0.113.1", TestStore.Now, CancellationToken.None);
            return true;
        });

    private Task<bool> IsKnownAsync(string user, string ip) =>
        store.AskAsync<ILoginLimits, bool>(s => s.IsKnownAddressAsync(user, ip, CancellationToken.None));
}
