using AuthServer.Core.Authorize;
using AuthServer.Core.Model;
using AuthServer.Core.Organizations;
using AuthServer.Web.Branding;
using AuthServer.Web.Pages.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Pages.EmailLinks;

/// <summary>
/// Shows why an invitation can't be accepted; otherwise the signed-in user accepts it here. Users who sign in or up for
/// it don't come to this page. Nothing on these pages reveals whether the invited address has an account
/// (docs/security.md#organizations).
/// </summary>
public sealed class InvitationModel(InteractionParts parts) : InteractionPage(parts)
{
    public InvitationStatus Status => Authorization.RequestedOrganization.Invitation!.StatusAt(Now);

    public Invitation Invitation => Authorization.RequestedOrganization.Invitation!.Invitation!;

    /// <summary>Only the owner of the invited address accepts.</summary>
    public bool IsForAnother => SignedIn is { } known && !Invitation.IsFor(known.User);

    public string OrganizationName => DisplayText.Of(Authorization.RequestedOrganization.Organization!.Title);

    public string Inviter => DisplayText.Of(Invitation.InviterName);

    public string Invitee => DisplayText.Of(Invitation.Email);

    public IActionResult OnGet() => IsDue ? Page() : Resume(Pending);

    public async Task<IActionResult> OnPostAsync() =>
        IsDue
            ? Request.Posted("action") switch
            {
                "cancel" => await DenyAsync(),
                "without" => Resume(Pending with { InvitationDropped = true }),
                "another" => Resume(Pending.ForAnother(Now)),
                "accept" when Status == InvitationStatus.Open && SignedIn is { } known && !IsForAnother => Resume(
                    Pending with
                    {
                        InvitationAcceptedIn = known.Session.Id,
                    }),
                _ => Page(),
            }
            : Resume(Pending);

    private bool IsDue => Due(consentIsCovered: false) is Interaction.Invitation;
}
