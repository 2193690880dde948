using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Model;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Management.Organizations;

/// <summary>
/// Where an invitation leads: to the application's own login, which forwards ticket and organization to
/// <c>/authorize</c>.
/// </summary>
internal sealed record InvitationLink(string LoginUri, Organization Organization)
{
    /// <returns>Null when neither the client nor the tenant says where a login begins.</returns>
    public static InvitationLink? For(Client client, TenantSettings settings, Organization organization) =>
        (client.InitiateLoginUri ?? settings.DefaultRedirectionUri) is { Length: > 0 } login
            ? new InvitationLink(login, organization)
            : null;

    public string With(Secret ticket) =>
        QueryHelpers.AddQueryString(
            LoginUri,
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["invitation"] = ticket.Reveal(),
                ["organization"] = Organization.Id,
                ["organization_name"] = Organization.Name,
            });

    /// <summary>For the answer to the caller that invites.</summary>
    public void Show(JsonObject json, Secret ticket)
    {
        json["invitation_url"] = With(ticket);
        json["ticket_id"] = ticket.Reveal();
    }
}
