using AuthServer.Core.Authorizations;

namespace AuthServer.Storage.Tests;

/// <summary>Decisions that are committed together are decisions of their own (security.md E4).</summary>
public sealed class TogetherTests(TestStore store) : IClassFixture<TestStore>
{
    [Fact]
    public async Task One_that_fails_takes_no_other_with_it()
    {
        var grants = Enumerable.Range(0, 64).Select(i => i % 4 == 0 ? OfNobody() : store.NewGrant()).ToList();

        var stored = await Task.WhenAll(grants.Select(TryAddAsync));

        Assert.Equal(grants.Select(grant => grant.UserId == store.User.UserId), stored);
        Assert.Equal(48, await store.AskAsync<AuthDbContext, int>(db => Task.FromResult(db.Grants.Count(grant => grant.UserId == store.User.UserId))));
    }

    [Fact]
    public async Task One_that_is_given_up_before_its_turn_does_not_happen()
    {
        var grant = store.NewGrant();
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.AskAsync<IGrantStore, bool>(s => s.TryAddAsync(grant, new FirstArtefacts(), gone.Token)));
        Assert.False(await store.AskAsync<AuthDbContext, bool>(db => Task.FromResult(db.Grants.Any(g => g.Id == grant.Id))));
    }

    private async Task<bool> TryAddAsync(Grant grant)
    {
        try
        {
            return await store.AskAsync<IGrantStore, bool>(s => s.TryAddAsync(grant, new FirstArtefacts(), CancellationToken.None));
        }
        catch (Exception refused) when (StoreFailure.Is(refused))
        {
            return false;
        }
    }

    /// <summary>The database refuses it: there is no such user.</summary>
    private Grant OfNobody()
    {
        var grant = store.NewGrant();
        return new Grant
        {
            Id = grant.Id,
            ClientId = grant.ClientId,
            UserId = "auth0|nobody",
            SessionId = grant.SessionId,
            Scopes = grant.Scopes,
            AuthenticatedAt = grant.AuthenticatedAt,
            CreatedAt = grant.CreatedAt,
            ExpiresAt = grant.ExpiresAt,
        };
    }
}
