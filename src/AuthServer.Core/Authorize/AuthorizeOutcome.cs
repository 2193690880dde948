namespace AuthServer.Core.Authorize;

/// <summary>What becomes of an authorization request.</summary>
public abstract record AuthorizeOutcome
{
    private AuthorizeOutcome()
    {
    }

    /// <summary>No client or redirect URI to be trusted: told to the person, on our own page, and never redirected.</summary>
    public sealed record ShowError(OAuthError Error) : AuthorizeOutcome;

    /// <summary>Goes back to the client.</summary>
    public sealed record Respond(AuthorizeResponse Response) : AuthorizeOutcome;

    /// <summary>The user is needed first.</summary>
    public sealed record Interact(Interaction Interaction, PendingAuthorization Pending) : AuthorizeOutcome;
}

/// <summary>What the user is needed for.</summary>
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
