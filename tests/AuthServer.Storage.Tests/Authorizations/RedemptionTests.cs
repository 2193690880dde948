using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Model;

namespace AuthServer.Storage.Tests.Authorizations;

/// <summary>Codes and tickets are redeemed by one statement: of any number of callers one wins.</summary>
public sealed class RedemptionTests(TestStore store) : IClassFixture<TestStore>
{
    private const int Callers = 64;

    [Fact]
    public async Task One_of_many_redeems_a_code()
    {
        var authorization = store.NewAuthorization();
        var code = TestStore.NewCode(authorization);
        await store.AddAsync(new NewAuthorization(authorization, [code]));

        var won = await RaceAsync<IIssuanceStore>(
            s => s.TryRedeemAsync(
                code, [TestStore.NewRefreshToken(authorization)], TestStore.Now, CancellationToken.None));

        Assert.Equal(1, won);
    }

    [Fact]
    public async Task One_of_many_rotates_a_refresh_token()
    {
        var (authorization, token) = await LiveTokenAsync();

        Assert.Equal(
            1, await RaceAsync<IIssuanceStore>(s => RotateAsync(s, token, TestStore.NewRefreshToken(authorization))));
    }

    [Fact]
    public async Task One_of_many_adds_a_value_to_the_replay_cache()
    {
        var value = OpaqueToken.Create().Hash();

        Assert.Equal(
            1, await RaceAsync<IReplayCache>(s => s.TryAddAsync(value, TestStore.Now, CancellationToken.None)));
        Assert.True(await store.AskAsync<IReplayCache, bool>(s => s.ContainsAsync(value, CancellationToken.None)));
    }

    [Fact]
    public async Task Nothing_is_issued_from_a_revoked_authorization()
    {
        var (authorization, token) = await LiveTokenAsync();
        await store.AskAsync<IStoredAuthorizations, int>(async s =>
        {
            await s.RevokeAsync(authorization.Id, TestStore.Now, CancellationToken.None);
            return 0;
        });

        Assert.Equal(
            0, await RaceAsync<IIssuanceStore>(s => RotateAsync(s, token, TestStore.NewRefreshToken(authorization))));
        Assert.Equal(0, await RaceAsync<IIssuanceStore>(
            s => s.TryUseAsync(token, token.ExpiresAt, [], TestStore.Now, CancellationToken.None)));
    }

    [Fact]
    public async Task A_failed_insert_rolls_the_redemption_back()
    {
        var (authorization, token) = await LiveTokenAsync();
        var clash = TestStore.NewRefreshToken(authorization);
        clash.ReferenceId = token.ReferenceId;

        await Assert.ThrowsAnyAsync<Exception>(
            () => store.AskAsync<IIssuanceStore, bool>(s => RotateAsync(s, token, clash)));

        Assert.True(await store.AskAsync<IIssuanceStore, bool>(
            s => RotateAsync(s, token, TestStore.NewRefreshToken(authorization))));
    }

    private static Task<bool> RotateAsync(IIssuanceStore issuance, Token used, Token next) =>
        issuance.TryRotateAsync(used, [next], TestStore.Now, CancellationToken.None);

    private async Task<(Authorization Authorization, Token Token)> LiveTokenAsync()
    {
        var authorization = store.NewAuthorization();
        var code = TestStore.NewCode(authorization);
        var token = TestStore.NewRefreshToken(authorization);
        await store.AddAsync(new NewAuthorization(authorization, [code]));
        await store.AskAsync<IIssuanceStore, bool>(
            s => s.TryRedeemAsync(code, [token], TestStore.Now, CancellationToken.None));
        return (authorization, token);
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
