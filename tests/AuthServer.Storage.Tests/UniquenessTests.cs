using AuthServer.Core.Jose;
using AuthServer.Core.Model;
using AuthServer.Core.Users;

namespace AuthServer.Storage.Tests;

/// <summary>Unique values are created once, however many callers begin at the same moment.</summary>
public sealed class UniquenessTests(TestStore store) : IClassFixture<TestStore>
{
    [Fact]
    public async Task Two_people_can_not_have_one_address()
    {
        Task<bool> CreateAsync(string email) => store.AskAsync<IUserStore, bool>(users =>
        {
            var user = NewUser.InDatabase("Username-Password-Authentication", email, TestStore.Now);
            return users.TryCreateAsync(
                user, NewUser.CredentialOf(user, "hash"), verification: null, CancellationToken.None);
        });

        var created = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(i => CreateAsync(i % 2 == 0 ? "grace@example.com" : " GRACE@example.com")));

        Assert.Single(created, made => made);
    }

    [Fact]
    public async Task Two_first_starts_make_one_current_and_one_next_key_of_each_algorithm()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => store.AskAsync<IKeyStore, int>(async keys =>
        {
            await keys.EnsureAsync(TestStore.Now, CancellationToken.None);
            return 0;
        })));

        var made = await store.AskAsync<IKeyStore, IReadOnlyList<SigningKey>>(keys =>
            keys.ListAsync(CancellationToken.None));
        Assert.Equal(
            ["ES256 Current", "ES256 Next", "RS256 Current", "RS256 Next"],
            made.Select(key => $"{key.Algorithm} {key.State}").Order(StringComparer.Ordinal));
    }
}
