using AuthServer.Core.Model;
using AuthServer.Core.Organizations;

namespace AuthServer.Core.Authorize;

/// <summary>The interactions that organizations and invitations bring along.</summary>
public static partial class Interactions
{
    /// <summary>Whether a login without an organization leads to this prompt.</summary>
    public static bool MayPrompt(Client client, string prompt) =>
        client.OrganizationUsage != OrganizationUsages.Deny && client.OrganizationPrompt == prompt;

    /// <summary>The user logged in, and is not a member of the organization.</summary>
    public static bool IsNotMember(InteractionState state) =>
        state
            is { SignedIn: not null, Context.RequestedOrganization.Organization: not null, Membership.IsMember: false }
        && !InvitationIsOpen(state);

    /// <summary>No other interaction is left before the user may enter.</summary>
    public static bool LacksOnlyMembership(InteractionState state) =>
        Due(state with { Membership = new OrganizationMembership(true, []) })
            is null
                or { Interaction: Interaction.Consent };

    /// <summary>The one organization that a user has needs no choosing, where one is required.</summary>
    public static Organization? OnlyChoice(InteractionState state) =>
        state is { Context.Client.OrganizationUsage: OrganizationUsages.Require, Membership.Choices: [var only] }
        && Due(state) is { Interaction: Interaction.Organization }
            ? only
            : null;

    private static bool InvitationIsVoid(InteractionState state) =>
        state.Context.RequestedOrganization.Invitation is { } presented
        && presented.StatusAt(state.Now) != InvitationStatus.Open
        && !IsAcceptedByUser(state);

    /// <summary>A user who accepted it returns with its link, or continues at the consent page.</summary>
    private static bool IsAcceptedByUser(InteractionState state) =>
        state.Context.RequestedOrganization.Invitation?.Invitation is { AcceptedBy: { } user }
        && user == state.SignedIn?.User.UserId;

    private static bool InvitationIsOpen(InteractionState state) =>
        state.Context.RequestedOrganization.Invitation?.StatusAt(state.Now) == InvitationStatus.Open;

    /// <summary>
    /// The invitation is for another user, or the user was signed in already and has not confirmed it yet. A link does
    /// not make its reader a member by itself.
    /// </summary>
    private static bool InvitationWaits(InteractionState state) =>
        InvitationIsOpen(state)
        && state.SignedIn is { } signedIn
        && (!state.Context.RequestedOrganization.Invitation!.Invitation!.IsFor(signedIn.User)
            || (!state.IsFresh && state.Pending.InvitationAcceptedIn != signedIn.Session.Id));

    private static bool MustNameOrganization(InteractionState state) =>
        state is { Context.RequestedOrganization.Organization: null, Pending.IsPersonal: false }
        && MayPrompt(state.Context.Client, OrganizationPrompts.BeforeLogin);

    private static bool MustChooseOrganization(InteractionState state) =>
        state is { Context.RequestedOrganization.Organization: null, Pending.IsPersonal: false, SignedIn: not null }
        && MayPrompt(state.Context.Client, OrganizationPrompts.AfterLogin)
        && (state.Context.Client.OrganizationUsage == OrganizationUsages.Require || state.Membership.Choices.Count > 0);

    /// <summary>
    /// Most invitations go to people without an account; whether this one has one is not checked
    /// (docs/security.md#organizations).
    /// </summary>
    private static bool InvitesToSignUp(AuthorizeContext context) =>
        context.RequestedOrganization.Invitation is not null
        && context.AllowedConnections.Any(connection => connection.IsDatabase);

    private static OAuthError NotMember(InteractionState state) =>
        OAuthError.AccessDenied(
            $"user {state.SignedIn!.User.UserId} is not part of the "
                + $"{state.Context.RequestedOrganization.Organization!.Id} organization");
}
