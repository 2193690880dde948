using AuthServer.Core.Model;
using AuthServer.Core.Organizations;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Authorize;

/// <summary>
/// The organization that an authorization request is in: the one that it names, or that the user chose on the way.
/// </summary>
public sealed record RequestedOrganization
{
    public static RequestedOrganization None { get; } = new();

    public Organization? Organization { get; private init; }

    /// <summary>Null when the request brings no ticket.</summary>
    public PresentedInvitation? Invitation { get; private init; }

    /// <summary>Reason why the request can't be fulfilled.</summary>
    public OAuthError? Refusal { get; private init; }

    public static async Task<RequestedOrganization> FindAsync(
        PendingAuthorization pending,
        Client client,
        Tenant tenant,
        IOrganizationStore organizations,
        CancellationToken ct)
    {
        var (asked, ticket) = (
            pending.Parameters["organization"], pending.InvitationDropped ? null : pending.Parameters["invitation"]);
        if (asked is null)
        {
            if (ticket is not null)
                return Refused("Missing required parameter: organization");
            if (pending.OrganizationId is { } chosen)
                return await organizations.FindAsync(chosen, ct) is { } there && there.Admits(client)
                    ? None with
                    {
                        Organization = there,
                    }
                    : None;
            return
                client
                    is { OrganizationUsage: OrganizationUsages.Require, OrganizationPrompt: OrganizationPrompts.None }
                ? Refused("parameter organization is required for this client")
                : None;
        }

        if (client.OrganizationUsage == OrganizationUsages.Deny)
            return Refused("parameter organization is not allowed for this client");
        if (!(await OrganizationNames.FindAsync(asked, tenant, organizations, ct)).Succeeded(
                out var organization, out var unknown))
            return None with { Refusal = unknown };
        if (!organization.Admits(client))
            return Refused("parameter organization is not allowed for this client");
        return None with
        {
            Organization = organization,
            Invitation = ticket is null
                ? null
                : await PresentedAsync(new Secret(ticket).Hash(), organization, client, organizations, ct),
        };
    }

    /// <summary>Of these connections, those through which its members come in.</summary>
    public IEnumerable<Connection> Limit(IEnumerable<Connection> connections) =>
        Organization is null
            ? connections
            : connections.Where(connection => Organization.Enabled(connection.Id) is not null && IsInvited(connection));

    /// <summary>Whether users may sign up in this connection. Invited users always may.</summary>
    public bool MaySignUp(Connection connection) =>
        Invitation?.Invitation is not null
        || (!connection.DisableSignup
            && (Organization is null
                || Organization.Enabled(connection.Id) is { IsSignupEnabled: true, AssignMembershipOnLogin: true }));

    /// <summary>An organization may keep the button of an identity provider off its login page.</summary>
    public bool ShowsButton(Connection connection) =>
        Organization is null || Organization.Enabled(connection.Id) is { ShowAsButton: true };

    /// <summary>A ticket for another organization or client counts as an unknown one.</summary>
    private static async Task<PresentedInvitation> PresentedAsync(
        TokenHash ticket, Organization organization, Client client, IOrganizationStore organizations,
        CancellationToken ct) =>
        await organizations.FindInvitationAsync(ticket, ct) is { } invitation
        && invitation.OrganizationId == organization.Id
        && invitation.ClientId == client.ClientId
            ? new PresentedInvitation(
                invitation, ByMail: invitation.MailedTicketHash is { } mailed && new TokenHash(mailed) == ticket)
            : new PresentedInvitation(null, ByMail: false);

    private bool IsInvited(Connection connection) =>
        Invitation?.Invitation?.ConnectionId is not { } bound || bound == connection.Id;

    private static RequestedOrganization Refused(string reason) =>
        None with
        {
            Refusal = OAuthError.InvalidRequest(reason),
        };
}
