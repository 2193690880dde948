using AuthServer.Core.Sessions;

namespace AuthServer.Core.Authorize;

/// <summary>Outcome of an authorization request whose rules have passed.</summary>
public abstract record AuthorizeOutcome
{
    private AuthorizeOutcome()
    {
    }

    /// <summary>The client receives an error.</summary>
    public sealed record Reject(OAuthError Error) : AuthorizeOutcome;

    /// <summary>The client receives the requested response.</summary>
    /// <param name="Context">The request, in the organization that was chosen for it.</param>
    /// <param name="SignedIn">Whom it is about.</param>
    public sealed record Approve(AuthorizeContext Context, SignedIn SignedIn) : AuthorizeOutcome;

    /// <summary>The user is needed first.</summary>
    public sealed record Interact(Interaction Interaction, PendingAuthorization Pending) : AuthorizeOutcome;
}

/// <summary>Reason why the user is needed.</summary>
public enum Interaction
{
    Login,
    Signup,
    ResetPassword,

    /// <summary>At the identity provider that the request names.</summary>
    Provider,
    SelectAccount,
    Consent,

    /// <summary>The user types the organization's name, or chooses among their own.</summary>
    Organization,

    /// <summary>The user accepts an invitation, or learns why they can't.</summary>
    Invitation,
}
