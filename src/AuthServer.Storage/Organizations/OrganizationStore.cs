using AuthServer.Core;
using AuthServer.Core.Organizations;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Organizations;

internal sealed class OrganizationStore(AuthDbContext db, WriteQueue writes) : IOrganizationStore
{
    private const int Most = 200;

    public Task<Organization?> FindAsync(string id, CancellationToken ct) =>
        db.Organizations.AsNoTracking().Include(o => o.Connections).SingleOrDefaultAsync(o => o.Id == id, ct);

    public Task<Organization?> FindByNameAsync(string name, CancellationToken ct) =>
        db.Organizations.AsNoTracking().Include(o => o.Connections).SingleOrDefaultAsync(o => o.Name == name, ct);

    public async Task<IReadOnlyList<Organization>> OfUserAsync(string userId, CancellationToken ct) =>
        await db.Organizations.AsNoTracking().Include(o => o.Connections)
            .Where(o => db.OrganizationMembers.Any(m => m.OrganizationId == o.Id && m.UserId == userId))
            .OrderBy(o => o.Name).Take(Most)
            .ToListAsync(ct);

    public Task<bool> IsMemberAsync(string organizationId, string userId, CancellationToken ct) =>
        db.OrganizationMembers.AnyAsync(m => m.OrganizationId == organizationId && m.UserId == userId, ct);

    public async Task JoinAsync(string organizationId, string userId, DateTimeOffset now, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        await AddMemberAsync(organizationId, userId, now, ct);
        await write.CommitAsync(ct);
    }

    public Task<bool> HasClientGrantAsync(string organizationId, string clientGrantId, CancellationToken ct) =>
        db.OrganizationClientGrants.AnyAsync(g => g.OrganizationId == organizationId && g.ClientGrantId == clientGrantId, ct);

    public Task<Invitation?> FindInvitationAsync(TokenHash ticket, CancellationToken ct) =>
        db.Invitations.AsNoTracking().SingleOrDefaultAsync(i => i.TicketHash == ticket.Bytes || i.MailedTicketHash == ticket.Bytes, ct);

    public async Task<bool> TryAcceptAsync(Invitation invitation, string userId, DateTimeOffset now, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        var accepted = await db.Invitations
            .Where(i => i.Id == invitation.Id && i.AcceptedAt == null && i.RevokedAt == null && i.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.AcceptedAt, now).SetProperty(i => i.AcceptedBy, userId), ct);
        if (accepted == 0)
            return false;

        await AddMemberAsync(invitation.OrganizationId, userId, now, ct);

        // A role that was deleted since is not given.
        foreach (var role in invitation.Roles)
        {
            await db.Database.ExecuteSqlAsync(
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
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO organization_members (organization_id, user_id, created_at)
            VALUES ({organizationId}, {userId}, {instant}) ON CONFLICT DO NOTHING
            """,
            ct);
    }
}
