using AuthServer.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Organizations;

/// <summary>The checks that the operations below an organization begin with.</summary>
internal static class OrganizationLookup
{
    /// <exception cref="ManagementException">There is no such organization.</exception>
    public static async Task EnsureOrganizationAsync(this AuthDbContext db, string id, CancellationToken ct)
    {
        if (!await db.Organizations.AnyAsync(o => o.Id == id, ct))
            throw OrganizationService.Missing;
    }

    /// <summary>A member of another organization is not found (docs/security.md#organizations).</summary>
    /// <exception cref="ManagementException">There is no such organization, or no such member.</exception>
    public static async Task EnsureMemberAsync(
        this AuthDbContext db, string id, string userId, CancellationToken ct)
    {
        await db.EnsureOrganizationAsync(id, ct);
        if (!await db.OrganizationMembers.AnyAsync(m => m.OrganizationId == id && m.UserId == userId, ct))
            throw OrganizationMemberService.Missing;
    }
}
