using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Core.Organizations;
using AuthServer.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Tests.Organizations;

/// <summary>
/// An invitation makes one member, however many try at the same moment (docs/security.md#organizations).
/// </summary>
public sealed class InvitationRaceTests(EmbeddedStore store) : IClassFixture<EmbeddedStore>
{
    private const int Callers = 64;

    [Fact]
    public async Task One_of_many_accepts()
    {
        var users = Enumerable
            .Range(0, Callers)
            .Select(_ => NewUser.InDatabase("db", "grace@example.com", EmbeddedStore.Now))
            .ToList();
        var invitation = await InviteAsync(EmbeddedStore.Now.AddDays(1), users);
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var racers = users.Select(async user =>
        {
            await start.Task;
            return await AcceptAsync(invitation, user);
        }).ToList();
        start.SetResult();

        Assert.Single(await Task.WhenAll(racers), won => won);
        Assert.Equal(
            1,
            await store.AskAsync<AuthDbContext, int>(db =>
                db.OrganizationMembers.CountAsync(m => m.OrganizationId == invitation.OrganizationId)));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task Its_end_is_its_end(int ticks, bool accepted)
    {
        var user = NewUser.InDatabase("db", "late@example.com", EmbeddedStore.Now);

        Assert.Equal(accepted, await AcceptAsync(await InviteAsync(EmbeddedStore.Now.AddTicks(ticks), [user]), user));
    }

    [Fact]
    public async Task A_failure_half_way_takes_the_spending_back()
    {
        var user = NewUser.InDatabase("db", "half@example.com", EmbeddedStore.Now);
        var invitation = await InviteAsync(EmbeddedStore.Now.AddDays(1), [user]);
        var nobody = NewUser.InDatabase("db", "nobody@example.com", EmbeddedStore.Now);

        await Assert.ThrowsAnyAsync<Exception>(() => AcceptAsync(invitation, nobody));

        Assert.True(await AcceptAsync(invitation, user));
    }

    private Task<bool> AcceptAsync(Invitation invitation, User user) =>
        store.AskAsync<IOrganizationStore, bool>(s =>
            s.TryAcceptAsync(invitation, user.UserId, EmbeddedStore.Now, CancellationToken.None));

    private Task<Invitation> InviteAsync(DateTimeOffset until, IReadOnlyList<User> users) =>
        store.AskAsync<AuthDbContext, Invitation>(async db =>
        {
            var organization = new Organization
            {
                Id = OrganizationNames.NewId(),
                Name = OpaqueToken.Hex(12),
                CreatedAt = EmbeddedStore.Now,
            };
            var invitation = new Invitation
            {
                Id = "uinv_" + OpaqueToken.Alphanumeric(16),
                OrganizationId = organization.Id,
                ClientId = store.Client.ClientId,
                TicketHash = OpaqueToken.Create().Hash().Bytes,
                InviterName = "Ada",
                Email = "grace@example.com",
                CreatedAt = EmbeddedStore.Now,
                ExpiresAt = until,
            };
            db.Add(organization);
            db.Add(invitation);
            db.AddRange(users);
            await db.SaveChangesAsync();
            return invitation;
        });
}
