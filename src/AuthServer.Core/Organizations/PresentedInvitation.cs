using AuthServer.Core.Model;

namespace AuthServer.Core.Organizations;

/// <summary>The invitation that a request brings a ticket for.</summary>
/// <param name="Invitation">Null when the ticket is good for nothing here.</param>
/// <param name="ByMail">The ticket is the one of the email: the user who has it reads that mailbox.</param>
public sealed record PresentedInvitation(Invitation? Invitation, bool ByMail)
{
    public InvitationStatus StatusAt(DateTimeOffset now) => Invitation?.StatusAt(now) ?? InvitationStatus.Unknown;
}
