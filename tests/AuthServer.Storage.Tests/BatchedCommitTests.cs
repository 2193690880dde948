using System.Linq.Expressions;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Tests;

/// <summary>Decisions that are committed together are decisions of their own.</summary>
public sealed class BatchedCommitTests(TestStore store) : IClassFixture<TestStore>
{
    /// <summary>No user has this id: the database refuses what refers to it.</summary>
    private const string Missing = "auth0|missing";

    [Fact]
    public async Task One_that_fails_takes_no_other_with_it()
    {
        var created = Enumerable.Range(0, 64).Select(i => store.NewAuthorization(i % 4 == 0 ? Missing : null)).ToList();

        var stored = await Task.WhenAll(created.Select(TryAddAsync));

        Assert.Equal(created.Select(authorization => authorization.UserId != Missing), stored);
        Assert.Equal(48, await CountAsync(authorization => authorization.UserId == store.User.UserId));
    }

    [Fact]
    public async Task One_that_is_given_up_before_its_turn_does_not_happen()
    {
        var authorization = store.NewAuthorization();
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.AskAsync<IIssuanceStore, NewAuthorizationOutcome>(
                s => s.AddAsync(new NewAuthorization(authorization, []), gone.Token)));
        Assert.Equal(0, await CountAsync(stored => stored.Id == authorization.Id));
    }

    private async Task<bool> TryAddAsync(Authorization authorization)
    {
        try
        {
            return await store.AddAsync(new NewAuthorization(authorization, [])) is NewAuthorizationOutcome.Stored;
        }
        catch (Exception refused) when (StoreFailure.Is(refused))
        {
            return false;
        }
    }

    private Task<int> CountAsync(Expression<Func<Authorization, bool>> which) =>
        store.AskAsync<AuthDbContext, int>(db => db.Authorizations.CountAsync(which));
}
