using AuthServer.Core.Model;
using AuthServer.Core.Users;

namespace AuthServer.Core.Organizations;

/// <summary>Who may accept an invitation.</summary>
public static class InvitationRules
{
    /// <summary>Only an account with its address may accept it (docs/security.md#organizations).</summary>
    public static bool IsFor(this Invitation invitation, User user) =>
        user.NormalizedEmail is { } address && address == LoginIdentifier.Normalize(invitation.Email);
}
