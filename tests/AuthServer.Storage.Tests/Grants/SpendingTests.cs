using AuthServer.Core;
using AuthServer.Core.Authorizations;

namespace AuthServer.Storage.Tests.Grants;

/// <summary>What is consumed once is consumed by one statement: of any number of callers one wins (security.md E7).</summary>
public sealed class SpendingTests(TestStore store) : IClassFixture<TestStore>
{
    private const int Callers = 64;

    [Fact]
    public async Task One_of_many_redeems_a_code()
    {
        var grant = store.NewGrant();
        var code = TestStore.NewCode(grant);
        await store.AskAsync<IGrantStore, int>(async s => { await s.TryAddAsync(grant, new FirstArtefacts(code), CancellationToken.None); return 0; });

        var won = await RaceAsync<IGrantStore>(s => s.TryRedeemAsync(code, TestStore.NewRefreshToken(grant), null, TestStore.Now, CancellationToken.None));

        Assert.Equal(1, won);
    }

    [Fact]
    public async Task One_of_many_rotates_a_refresh_token()
    {
        var (grant, token) = await LiveTokenAsync();

        var won = await RaceAsync<IRefreshTokenStore>(s => s.TryRotateAsync(token, TestStore.NewRefreshToken(grant), null, TestStore.Now, CancellationToken.None));

        Assert.Equal(1, won);
    }

    [Fact]
    public async Task One_of_many_spends_an_artefact()
    {
        var artefact = OpaqueToken.Create().Hash();

        Assert.Equal(1, await RaceAsync<IReplayCache>(s => s.TryAddAsync(artefact, TestStore.Now, CancellationToken.None)));
        Assert.True(await store.AskAsync<IReplayCache, bool>(s => s.ContainsAsync(artefact, CancellationToken.None)));
    }

    [Fact]
    public async Task Nothing_is_issued_from_a_revoked_grant()
    {
        var (grant, token) = await LiveTokenAsync();
        await store.AskAsync<IGrantStore, int>(async s => { await s.RevokeAsync(grant.Id, TestStore.Now, CancellationToken.None); return 0; });

        Assert.Equal(0, await RaceAsync<IRefreshTokenStore>(s => s.TryRotateAsync(token, TestStore.NewRefreshToken(grant), null, TestStore.Now, CancellationToken.None)));
        Assert.Equal(0, await RaceAsync<IRefreshTokenStore>(s => s.TryUseAsync(token, token.ExpiresAt, null, TestStore.Now, CancellationToken.None)));
    }

    [Fact]
    public async Task A_failed_insert_takes_the_spending_back()
    {
        var (grant, token) = await LiveTokenAsync();
        var twin = TestStore.NewRefreshToken(grant);
        var clash = new RefreshToken { Id = twin.Id, Hash = token.Hash, GrantId = grant.Id, IssuedAt = twin.IssuedAt, ExpiresAt = twin.ExpiresAt };

        await Assert.ThrowsAnyAsync<Exception>(() => store.AskAsync<IRefreshTokenStore, bool>(s => s.TryRotateAsync(token, clash, null, TestStore.Now, CancellationToken.None)));

        Assert.True(await store.AskAsync<IRefreshTokenStore, bool>(s => s.TryRotateAsync(token, TestStore.NewRefreshToken(grant), null, TestStore.Now, CancellationToken.None)));
    }

    private async Task<(Grant Grant, RefreshToken Token)> LiveTokenAsync()
    {
        var grant = store.NewGrant();
        var code = TestStore.NewCode(grant);
        var token = TestStore.NewRefreshToken(grant);
        await store.AskAsync<IGrantStore, int>(async s => { await s.TryAddAsync(grant, new FirstArtefacts(code), CancellationToken.None); return 0; });
        await store.AskAsync<IGrantStore, bool>(s => s.TryRedeemAsync(code, token, null, TestStore.Now, CancellationToken.None));
        return (grant, token);
    }

    private async Task<int> RaceAsync<TStore>(Func<TStore, Task<bool>> attempt)
        where TStore : notnull
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var racers = Enumerable.Range(0, Callers).Select(async _ =>
        {
            await start.Task;
            return await store.AskAsync(attempt);
        }).ToList();
        start.SetResult();
        return (await Task.WhenAll(racers)).Count(won => won);
    }
}
