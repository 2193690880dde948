using AuthServer.Core.Authorizations;
using AuthServer.Core.Model;
using AuthServer.Core.Sessions;
using AuthServer.Core.Users;
using Microsoft.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Storage.Tests.Users;

/// <summary>What a new password ends does not begin beside it, at whichever moment of the transaction.</summary>
public sealed class PasswordChangeRaceTests(TestStore store) : IClassFixture<TestStore>
{
    private const int Rounds = 25;

    [Fact]
    public async Task No_session_and_no_authorization_outlives_the_password_that_it_began_by()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var user = await NewUserAsync(round);
            var (password, running) = (PasswordVersion.Of(user), SessionOf(user));
            Assert.True(await TryStartAsync(running, replaced: null, password));
            var bySession = store.NewAuthorization(user.UserId);
            bySession.SessionId = running.Id;
            var byPassword = new NewAuthorization(store.NewAuthorization(user.UserId), []) { Password = password };

            var changed = await Task.WhenAll(
                TryChangeAsync(password, "hash of the owner's", delay: round % 5),
                TryChangeAsync(password, "hash of another", delay: round % 3),
                Begin(() => TryStartAsync(SessionOf(user), running.Id, password)),
                Begin(() => IsStoredAsync(new NewAuthorization(bySession, []))),
                Begin(() => IsStoredAsync(byPassword)));

            Assert.Single(changed.Take(2), isChanged => isChanged);
            Assert.Equal(
                (0, 0),
                await store.AskAsync<AuthDbContext, (int, int)>(async db => (
                    await db.Sessions.CountAsync(s => s.UserId == user.UserId),
                    await db.Authorizations.CountAsync(a => a.UserId == user.UserId && a.Status == Statuses.Valid))));
        }
    }

    [Fact]
    public async Task A_newer_hash_is_the_same_password()
    {
        var user = await NewUserAsync(Rounds);
        var newer = new NewerHash(user.UserId, "hash", "newer hash");

        var recorded = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.AskAsync<IUserStore, bool>(
            s => s.TryRecordLoginAsync(PasswordVersion.Of(user), TestStore.Now, ip: null, newer, default))));

        Assert.All(recorded, Assert.True);
        Assert.True(await TryStartAsync(SessionOf(user), replaced: null, PasswordVersion.Of(user)));
        var stored = await store.AskAsync<IUserStore, IReadOnlyList<PasswordCredential>>(
            s => s.CredentialsOfAsync(user.UserId, default));
        Assert.Equal("newer hash", Assert.Single(stored).PasswordHash);
    }

    private static Task<bool> Begin(Func<Task<bool>> write) => Task.Run(write);

    private static Session SessionOf(User user) =>
        SessionRules.Start(user.UserId, user.Connection, new TenantSettings(), TestStore.Now).Session;

    private async Task<User> NewUserAsync(int number)
    {
        var user = NewUser.InDatabase("Username-Password-Authentication", $"{number}@example.net", TestStore.Now);
        await store.AskAsync<IUserStore, bool>(
            s => s.TryCreateAsync(user, NewUser.CredentialOf(user, "hash"), verification: null, default));
        return user;
    }

    private Task<bool> TryStartAsync(Session session, string? replaced, PasswordVersion password) =>
        store.AskAsync<ISessionStore, bool>(s => s.TryStartAsync(session, replaced, password, default));

    private Task<bool> TryChangeAsync(PasswordVersion password, string hash, int delay) => Task.Run(async () =>
    {
        await Task.Delay(delay, TestContext.Current.CancellationToken);
        return await store.AskAsync<IPasswordStore, bool>(s => s.TryChangeAsync(
            password, hash, keptSessionId: "none", notice: null, TestStore.Now.AddSeconds(1), default));
    });

    private async Task<bool> IsStoredAsync(NewAuthorization created) =>
        await store.AddAsync(created) is NewAuthorizationOutcome.Stored;
}
