using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Core.Organizations;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Organizations;

internal sealed class OrganizationStore(
    Lazy<AuthDbContext> context, WriteSerializer writes, ConfigurationCache cache) : IOrganizationStore
{
    private AuthDbContext Db => context.Value;

    private const int Max = 200;

    public ValueTask<Organization?> FindAsync(string id, CancellationToken ct) =>
        cache.ReadAsync<Organization>(
            id,
            db => db.Organizations.AsNoTracking().Include(o => o.Connections).SingleOrDefaultAsync(o => o.Id == id, ct)
        );

    public Task<Organization?> FindByNameAsync(string name, CancellationToken ct) =>
        Db.Organizations.AsNoTracking().Include(o => o.Connections).SingleOrDefaultAsync(o => o.Name == name, ct);

    public async Task<IReadOnlyList<Organization>> OfUserAsync(string userId, CancellationToken ct) =>
        await Db.Organizations.AsNoTracking().Include(o => o.Connections)
            .Where(o => Db.OrganizationMembers.Any(m => m.OrganizationId == o.Id && m.UserId == userId))
            .OrderBy(o => o.Name).Take(Max)
            .ToListAsync(ct);

    public Task<bool> IsMemberAsync(string organizationId, string userId, CancellationToken ct) =>
        Db.OrganizationMembers.AnyAsync(m => m.OrganizationId == organizationId && m.UserId == userId, ct);

    public async Task JoinAsync(string organizationId, string userId, DateTimeOffset now, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(Db, ct);
        await AddMemberAsync(organizationId, userId, now, ct);
        await write.CommitAsync(ct);
    }

    public Task<bool> HasClientGrantAsync(string organizationId, string clientGrantId, CancellationToken ct) =>
        Db.OrganizationClientGrants.AnyAsync(
            g => g.OrganizationId == organizationId && g.ClientGrantId == clientGrantId, ct);

    public Task<Invitation?> FindInvitationAsync(TokenHash ticket, CancellationToken ct) =>
        Db
            .Invitations.AsNoTracking()
            .SingleOrDefaultAsync(i => i.TicketHash == ticket.Bytes || i.MailedTicketHash == ticket.Bytes, ct);

    public async Task<bool> TryAcceptAsync(
        Invitation invitation, string userId, DateTimeOffset now, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(Db, ct);
        var accepted = await Db
            .Invitations.Where(i =>
                i.Id == invitation.Id && i.AcceptedAt == null && i.RevokedAt == null && i.ExpiresAt > now)
            .ExecuteUpdateAsync(
                set => set.SetProperty(i => i.AcceptedAt, now).SetProperty(i => i.AcceptedBy, userId), ct);
        if (accepted == 0)
            return false;

        await AddMemberAsync(invitation.OrganizationId, userId, now, ct);

        // A role that was deleted since is not given.
        foreach (var role in invitation.Roles)
        {
            await Db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO organization_member_roles (organization_id, user_id, role_id)
                SELECT {invitation.OrganizationId}, {userId}, id FROM roles WHERE id = {role}
                ON CONFLICT DO NOTHING
                """,
                ct);
        }

        await write.CommitAsync(ct);
        return true;
    }

    private Task AddMemberAsync(string organizationId, string userId, DateTimeOffset now, CancellationToken ct)
    {
        var instant = now.UtcDateTime;
        return Db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO organization_members (organization_id, user_id, created_at)
            VALUES ({organizationId}, {userId}, {instant}) ON CONFLICT DO NOTHING
            """,
            ct);
    }
}
