using AuthServer.Core.Users;
using AuthServer.Storage.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Tests.Users;

/// <summary>The index behind the searches of users.</summary>
public sealed class UserSearchIndexTests(TestStore store) : IClassFixture<TestStore>
{
    [Fact]
    public async Task Users_of_an_earlier_version_are_indexed_once()
    {
        var user = NewUser.InDatabase("Username-Password-Authentication", "old@example.com", TestStore.Now);
        user.AppMetadata = """{"plan":"gold","seats":[5,6]}""";
        var terms = await store.AskAsync<AuthDbContext, List<string>>(async db =>
        {
            db.Add(user);
            await db.SaveChangesAsync();
            return await TermsOfAsync(db, user.UserId);
        });
        Assert.Contains("app_metadata.seats=6", terms);
        await store.AskAsync<AuthDbContext, int>(db => db.UserSearchTerms.ExecuteDeleteAsync());

        Assert.Equal(2, await FillAsync());
        Assert.Equal(terms, await store.AskAsync<AuthDbContext, List<string>>(db => TermsOfAsync(db, user.UserId)));
        Assert.Equal(0, await FillAsync());
    }

    [Fact]
    public void Only_so_many_values_of_metadata_are_indexed()
    {
        var user = NewUser.InDatabase("Username-Password-Authentication", "many@example.com", TestStore.Now);
        user.UserMetadata = $$"""{"list":[{{string.Join(',', Enumerable.Range(0, 2000))}}]}""";

        var terms = UserSearchTerms.Of(user).Where(term => term.Field == "user_metadata.list");

        Assert.Equal(UserSearchTerms.MaxMetadataTerms, terms.Count());
    }

    private Task<int> FillAsync() => store.AskAsync<AuthDbContext, int>(db => store.AskAsync<WriteSerializer, int>(
        writes => UserSearchIndex.FillAsync(db, writes, CancellationToken.None)));

    private static async Task<List<string>> TermsOfAsync(AuthDbContext db, string userId)
    {
        var terms = await db.UserSearchTerms.AsNoTracking().Where(term => term.UserId == userId).ToListAsync();
        return [.. terms.Select(term => $"{term.Field}={term.Value}").Order(StringComparer.Ordinal)];
    }
}
