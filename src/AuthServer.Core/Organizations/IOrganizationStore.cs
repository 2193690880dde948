using AuthServer.Core.Model;

namespace AuthServer.Core.Organizations;

public interface IOrganizationStore
{
    /// <summary>The organization with its connections.</summary>
    ValueTask<Organization?> FindAsync(string id, CancellationToken ct);

    /// <summary>The organization with its connections.</summary>
    Task<Organization?> FindByNameAsync(string name, CancellationToken ct);

    /// <summary>The organizations of which a user is a member, by name, with their connections.</summary>
    Task<IReadOnlyList<Organization>> OfUserAsync(string userId, CancellationToken ct);

    Task<bool> IsMemberAsync(string organizationId, string userId, CancellationToken ct);

    /// <summary>Adds a user as a member. Existing members stay members.</summary>
    Task JoinAsync(string organizationId, string userId, DateTimeOffset now, CancellationToken ct);

    /// <summary>Whether a client grant was given to an organization.</summary>
    Task<bool> HasClientGrantAsync(string organizationId, string clientGrantId, CancellationToken ct);

    /// <summary>Invitation in any state: open, used, expired or revoked.</summary>
    Task<Invitation?> FindInvitationAsync(TokenHash ticket, CancellationToken ct);

    /// <summary>
    /// Spends an invitation, and makes the user a member with the invited roles, in one transaction with one
    /// conditional update.
    /// </summary>
    /// <returns>False when it was used, revoked or expired meanwhile; nothing is stored then.</returns>
    Task<bool> TryAcceptAsync(Invitation invitation, string userId, DateTimeOffset now, CancellationToken ct);
}
