using AuthServer.Core.Users;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Tests.Users;

/// <summary>Two changes of one user at the same time, such as a login and an administrator's.</summary>
public sealed class UserSearchRaceTests(PostgresStore store) : IClassFixture<PostgresStore>
{
    [Fact]
    public async Task The_index_has_what_both_changes_leave()
    {
        if (TestPostgres.Server is null)
            throw Requires.Missing("AUTHSERVER_TEST_POSTGRES, a PostgreSQL server for the tests,");
        var id = await NewUserAsync();

        await AskAsync(first => AskAsync(async second =>
        {
            await using var early = await first.Database.BeginTransactionAsync();
            await using var late = await second.Database.BeginTransactionAsync();
            var one = await first.Users.SingleAsync(u => u.UserId == id);
            var same = await second.Users.SingleAsync(u => u.UserId == id);
            (one.Name, one.GivenName) = ("Ada King", "Augusta");
            (same.Name, same.Nickname) = ("Ada Lovelace", "al");
            await first.SaveChangesAsync();
            var saving = second.SaveChangesAsync();
            await Eventually.UntilAsync(
                () => saving.IsCompleted || TestPostgres.IsWaiting(store.DataDirectory),
                "The second change does not wait.");
            Assert.False(saving.IsCompleted);
            await early.CommitAsync();
            await saving;
            await late.CommitAsync();
            return 0;
        }));

        Assert.Equal(
            ["given_name=augusta", "name=ada lovelace", "nickname=al"],
            await store.AskAsync<AuthDbContext, List<string>>(db => db.UserSearchTerms
                .Where(term => term.UserId == id && term.Field.EndsWith("name"))
                .OrderBy(term => term.Field).ThenBy(term => term.Value)
                .Select(term => term.Field + "=" + term.Value).ToListAsync()));
    }

    private Task<string> NewUserAsync() => store.AskAsync<AuthDbContext, string>(async db =>
    {
        var user = NewUser.InDatabase("Username-Password-Authentication", "lovelace@example.com", TestStore.Now);
        (user.Name, user.GivenName, user.Nickname) = ("Ada", "Ada", "ada");
        db.Add(user);
        await db.SaveChangesAsync();
        return user.UserId;
    });

    private Task<int> AskAsync(Func<AuthDbContext, Task<int>> work) => store.AskAsync(work);
}
