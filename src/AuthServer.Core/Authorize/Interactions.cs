using AuthServer.Core.Clients;
using AuthServer.Core.Sessions;

namespace AuthServer.Core.Authorize;

/// <summary>Everything that decides whether the user is needed.</summary>
/// <param name="Context">The request, its rules passed.</param>
/// <param name="Pending">The request as it waits, and what the user did for it already.</param>
/// <param name="SignedIn">The browser's session; null when there is none.</param>
/// <param name="ConsentIsCovered">The user agreed to all of this before.</param>
/// <param name="Now">The moment.</param>
public sealed record InteractionState(
    AuthorizeContext Context,
    PendingAuthorization Pending,
    SignedIn? SignedIn,
    bool ConsentIsCovered,
    DateTimeOffset Now)
{
    /// <summary>Membership of the user in the organization of the request.</summary>
    public OrganizationMembership Membership { get; init; } = OrganizationMembership.None;

    /// <summary>The user logged in for this very request.</summary>
    public bool IsFresh => SignedIn is { } signedIn && signedIn.Session.AuthenticatedAt >= Pending.LoginsCountFrom;
}

/// <summary>
/// The interactions in their order; the first that is due wins (OpenID Connect Core §3.1.2.3 and §3.1.2.4).
/// </summary>
public static partial class Interactions
{
    private static readonly (
        Func<InteractionState, bool> IsDue,
        Interaction Interaction,
        Func<InteractionState, OAuthError> WhenSilent)[] InOrder =
    [
        (
            InvitationIsVoid,
            Interaction.Invitation,
            _ => OAuthError.AccessDenied("The invitation is used, expired, revoked or for another user")),
        (MustNameOrganization, Interaction.Organization, _ => OAuthError.InteractionRequired("Organization required")),
        (MustLogIn, Interaction.Login, _ => OAuthError.LoginRequired("Login required")),
        (MustChoose, Interaction.SelectAccount, _ => OAuthError.AccountSelectionRequired("Account selection required")),
        (
            InvitationWaits,
            Interaction.Invitation,
            _ => OAuthError.InteractionRequired("The invitation has to be accepted")),
        (IsNotMember, Interaction.Login, NotMember),
        (
            MustChooseOrganization,
            Interaction.Organization,
            _ => OAuthError.InteractionRequired("Organization required")),
        (MustConsent, Interaction.Consent, _ => OAuthError.ConsentRequired("Consent required")),
    ];

    /// <summary>
    /// A login that lies further ahead than another node's clock may be was made before the clock was set back: it
    /// proves nothing about now.
    /// </summary>
    private static readonly TimeSpan ClocksApart = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The interaction that is due, and the error that it is when the request said <c>prompt=none</c>.
    /// </summary>
    public static (Interaction Interaction, OAuthError WhenSilent)? Due(InteractionState state)
    {
        foreach (var (isDue, interaction, whenSilent) in InOrder)
        {
            if (!isDue(state))
                continue;
            return (interaction == Interaction.Login && !IsNotMember(state) ? WayIn(state.Context) : interaction,
                whenSilent(state));
        }

        return null;
    }

    /// <summary>
    /// A request that names an identity provider is redirected there immediately; Auth0's <c>screen_hint</c> names the
    /// page that comes first.
    /// </summary>
    private static Interaction WayIn(AuthorizeContext context) =>
        context.PickedProvider is not null
            ? Interaction.Provider
            : context.Parameters["screen_hint"] switch
            {
                "signup" => Interaction.Signup,
                "reset-password" => Interaction.ResetPassword,
                null when InvitesToSignUp(context) => Interaction.Signup,
                _ => Interaction.Login,
            };

    private static bool MustLogIn(InteractionState state) =>
        state.SignedIn is not { } signedIn
        || signedIn.Session.AuthenticatedAt > state.Now + ClocksApart
        || !state.Context.Expects(signedIn.User)
        || !state.Context.AllowedConnections.Any(connection => connection.Name == signedIn.Session.Connection)
        || (state.Context.Client.IsSsoDisabled && !state.IsFresh)
        || ((state.Pending.AnotherSince is not null || state.Context.Prompts.Contains("login", StringComparer.Ordinal))
            && signedIn.Session.AuthenticatedAt < state.Pending.LoginsCountFrom)
        || (state.Context.MaxAge is { } maxAge && IsOlderThan(maxAge, signedIn.Session.AuthenticatedAt, state));

    /// <summary>A login that this very request required is fresh enough, also for <c>max_age=0</c>.</summary>
    private static bool IsOlderThan(long maxAge, DateTimeOffset authenticatedAt, InteractionState state) =>
        authenticatedAt < state.Pending.LoginsCountFrom
        && (maxAge == 0 || (state.Now - authenticatedAt).TotalSeconds > maxAge);

    /// <summary>A user who has just logged in for this request has chosen an account already.</summary>
    private static bool MustChoose(InteractionState state) =>
        state.Context.Prompts.Contains("select_account", StringComparer.Ordinal)
        && state.SignedIn is { } signedIn
        && state.Pending.AccountChosenIn != signedIn.Session.Id
        && signedIn.Session.AuthenticatedAt < state.Pending.LoginsCountFrom;

    private static bool MustConsent(InteractionState state)
    {
        if (AccountApplication.Is(state.Context.Client))
            return false;
        if (state.Pending.ConsentedIn is { } sid && sid == state.SignedIn?.Session.Id)
            return false;
        if (state.Context.Prompts.Contains("consent", StringComparer.Ordinal))
            return true;
        return ConsentRules.IsNeeded(state.Context)
            && (ConsentRules.EveryTime(state.Context) || !state.ConsentIsCovered);
    }
}
