using AuthServer.Web.Areas.Dashboard.SignIn;
using AuthServer.Web.Formats;
using AuthServer.Web.Management.Organizations;
using AuthServer.Web.Management.Wire;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Organizations;

/// <summary>The invitations of an organization that are neither accepted nor revoked.</summary>
[RequiresScope("read:organization_invitations")]
internal sealed class InvitationsModel(
    DashboardServices services, OrganizationService organizations, InvitationService invitations)
    : OrganizationPage(services, organizations)
{
    public const string Creation = "POST /api/v2/organizations/{id}/invitations";
    public const string Revocation = "DELETE /api/v2/organizations/{id}/invitations/{invitationId}";

    public ResourcePage Invitations { get; private set; } = ResourcePage.None;

    /// <summary>An invitation names an application, which is chosen of a list.</summary>
    public bool MayInvite => May(Creation) && Principal.Has("read:clients");

    public bool IsExpired(string? moment) => Instants.Read(moment) <= Now;

    public Task<IActionResult> OnPostRevokeAsync(CancellationToken ct)
    {
        var invitation = Request.Posted("invitation");
        return ActAsync(
            Revocation, () => invitations.RevokeAsync(Id, invitation, ct), "withdrawn", ct, Id, invitation);
    }

    protected override async Task LoadAsync(CancellationToken ct) => Invitations = ResourcePage.Of(
        await invitations.ListAsync(Id, "created_at:-1", Paging, Fields.All, ct), "invitations");
}
