using AuthServer.Storage;
using AuthServer.Storage.Authorizations;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Organizations;

/// <summary>What every route below an organization asks first, and what ends with a membership.</summary>
internal sealed class OrganizationAccess(AuthDbContext db)
{
    public Task<bool> ExistsAsync(string id, CancellationToken ct) => db.Organizations.AnyAsync(o => o.Id == id, ct);

    public Task<bool> IsMemberAsync(string id, string userId, CancellationToken ct) =>
        db.OrganizationMembers.AnyAsync(m => m.OrganizationId == id && m.UserId == userId, ct);

    /// <summary>
    /// Ends memberships, with their roles and every token in the organization. Runs inside the caller's transaction.
    /// </summary>
    public async Task EndMembershipsAsync(
        string id, IReadOnlyList<string> userIds, DateTimeOffset now, CancellationToken ct)
    {
        await db
            .OrganizationMembers.Where(m => m.OrganizationId == id && userIds.Contains(m.UserId))
            .ExecuteDeleteAsync(ct);
        await db.Authorizations.Where(a => a.OrganizationId == id && userIds.Contains(a.UserId)).RevokeAsync(now, ct);
    }
}
