using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Core.Organizations;
using AuthServer.Core.Sessions;

namespace AuthServer.Core.Authorize;

/// <summary>Membership of a user in the organization of a request.</summary>
/// <param name="IsMember">Of the organization that the request is in.</param>
/// <param name="Choices">Organizations of the user that this client and this session can be used with, when the user
/// has yet to choose one.</param>
public sealed record OrganizationMembership(bool IsMember, IReadOnlyList<Organization> Choices)
{
    public static OrganizationMembership None { get; } = new(false, []);
}

/// <summary>
/// Looks up who belongs where, and makes members of those who come in by an invitation or a connection that does so.
/// Nothing else does: no address, no domain (docs/security.md#organizations).
/// </summary>
public sealed class Memberships(IOrganizationStore organizations, IEventLog events)
{
    public async Task<OrganizationMembership> FindAsync(
        AuthorizeContext context, SignedIn? signedIn, CancellationToken ct)
    {
        if (signedIn is null)
            return OrganizationMembership.None;
        if (context.RequestedOrganization.Organization is { } organization)
            return new OrganizationMembership(
                await organizations.IsMemberAsync(organization.Id, signedIn.User.UserId, ct), []);
        if (!Interactions.MayPrompt(context.Client, OrganizationPrompts.AfterLogin))
            return OrganizationMembership.None;
        var theirs = await organizations.OfUserAsync(signedIn.User.UserId, ct);
        return new OrganizationMembership(
            false,
            [
                .. theirs.Where(one =>
                    one.Admits(context.Client)
                    && context.Connections.Any(connection =>
                        connection.Name == signedIn.Session.Connection && one.Enabled(connection.Id) is not null)),
            ]);
    }

    /// <summary>
    /// Lets the user in who has done all that it takes: accepted the invitation, or come through a connection that
    /// makes members.
    /// </summary>
    /// <returns>True when something was tried, so that the request has to be evaluated again.</returns>
    public async Task<bool> TryJoinAsync(InteractionState state, CancellationToken ct)
    {
        if (state is not { SignedIn: { } signedIn, Context.RequestedOrganization.Organization: { } organization }
            || !Interactions.LacksOnlyMembership(state))
            return false;
        if (state.Context.RequestedOrganization.Invitation is { Invitation: { } invitation } presented
            && presented.StatusAt(state.Now) == InvitationStatus.Open)
        {
            if (await organizations.TryAcceptAsync(invitation, signedIn.User.UserId, state.Now, ct))
                await RecordAsync("Accept an invitation", state);
            return true;
        }

        if (state.Membership.IsMember || !AssignsMembership(state.Context, organization, signedIn.Session))
            return false;
        await organizations.JoinAsync(organization.Id, signedIn.User.UserId, state.Now, ct);
        await RecordAsync("Join an organization through its connection", state);
        return true;
    }

    private Task RecordAsync(string what, InteractionState state) =>
        events.RecordAsync(
            LogEventTypes.ApiOperation,
            new LogEvent { Description = what, Connection = state.SignedIn!.Session.Connection }
                .For(state.Context.Client)
                .By(state.SignedIn.User)
                .In(state.Context.RequestedOrganization.Organization));

    private static bool AssignsMembership(AuthorizeContext context, Organization organization, Session session) =>
        context.Connections.Any(connection =>
            connection.Name == session.Connection
            && organization.Enabled(connection.Id) is { AssignMembershipOnLogin: true });
}
