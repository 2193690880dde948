using System.Globalization;
using AuthServer.Core.Actions;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Core.Resources;
using AuthServer.Core.Sessions;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;

namespace AuthServer.Core.Authorize;

/// <summary>Authorization request with everything that its rules read: loaded objects and parsed parameters.</summary>
public sealed record AuthorizeContext
{
    public required Tenant Tenant { get; init; }
    public required RequestParameters Parameters { get; init; }

    /// <summary>The parameters came in a signed request object (RFC 9101).</summary>
    public bool IsSigned { get; init; }

    /// <summary>They were pushed, or are being so (RFC 9126).</summary>
    public bool IsPushed { get; init; }

    /// <summary>Location of the stored parameters; null when they came through the browser.</summary>
    public Token? Pushed { get; init; }

    /// <summary>Null when the client is unknown.</summary>
    public Client? MaybeClient { get; init; }

    /// <summary>API that the request names, or the tenant's default.</summary>
    public RequestedResourceServer Target { get; init; } = RequestedResourceServer.None;

    /// <summary>Requested API; null when there is none of that name.</summary>
    public ResourceServer? Api => Target.Api;

    /// <summary>The connections that the client may use.</summary>
    public IReadOnlyList<Connection> Connections { get; init; } = [];

    /// <summary>The organization that the request is in.</summary>
    public RequestedOrganization RequestedOrganization { get; init; } = RequestedOrganization.None;

    /// <summary>ID token of <c>id_token_hint</c>; null without a valid one.</summary>
    public IdTokenHint? Hint { get; init; }

    /// <summary>The client; for what runs after <see cref="AuthorizeRules.BeforeRedirect"/>.</summary>
    public Client Client => MaybeClient ?? throw new InvalidOperationException("The client was not checked yet.");

    /// <summary>Stored form; null when neither the request nor the tenant names one.</summary>
    public string? Audience => Target.Identifier;

    /// <summary>
    /// Redirect URI that the response goes to: as sent, without its fragment, or the client's only callback.
    /// </summary>
    public string? RedirectUri => Parameters["redirect_uri"] is { } sent
        ? RedirectUris.WithoutFragment(sent)
        : MaybeClient?.Callbacks is [var only] ? only : null;

    /// <summary>
    /// Origin that a web message is posted to: that of the redirect URI, null when it has none (a private-use scheme).
    /// </summary>
    public string? RedirectOrigin =>
        Uri.TryCreate(RedirectUri, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            ? uri.GetLeftPart(UriPartial.Authority)
            : null;

    /// <summary>The words of <c>response_type</c>, RFC 6749 §3.1.1.</summary>
    public IReadOnlyList<string> ResponseTypes => WordsOf("response_type");

    public bool HasResponseType(string word) => ResponseTypes.Contains(word, StringComparer.Ordinal);

    public IReadOnlyList<string> Prompts => WordsOf("prompt");

    public bool Silent => Prompts is ["none"];

    /// <summary>
    /// Seconds; the client's own when the request has none (OpenID Connect Dynamic Client Registration §2).
    /// </summary>
    public long? MaxAge
    {
        get
        {
            if (Parameters["max_age"] is not { } asked)
                return MaybeClient?.DefaultMaxAge;
            return long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                ? seconds
                : null;
        }
    }

    /// <summary>
    /// Scopes that this server will grant of those requested: its own, the API's, and <c>offline_access</c> where a
    /// refresh token is possible.
    /// </summary>
    public Scopes Scopes =>
        Core.Scopes.Parse(Parameters["scope"]).Succeeded(out var asked, out _)
            ? asked.Where(IsGranted)
            : Core.Scopes.None;

    /// <summary>For what runs after <see cref="AuthorizeRules.AfterRedirect"/>.</summary>
    public ClaimsParameter Claims => ClaimsParameter.Parse(Parameters["claims"])
        ?? throw new InvalidOperationException("The claims parameter was not checked yet.");

    /// <summary>
    /// Scopes that the user agrees to, including those that would cover the claims requested by name.
    /// </summary>
    public Scopes Disclosed => Scopes.Union(Core.Scopes.Of(
        Claims.Requested.UserInfo.Concat(Claims.Requested.IdToken).Select(claim => UserClaims.ScopeOf[claim])));

    /// <summary>
    /// The connections that the user may come in through: the one that the request picks, or all; in an organization
    /// only its own.
    /// </summary>
    public IEnumerable<Connection> AllowedConnections =>
        RequestedOrganization.Limit(
            Connections.Where(connection => (Parameters["connection"] ?? connection.Name) == connection.Name));

    /// <summary>The identity provider that the request picks; null when it picks none, or a user database.</summary>
    public Connection? PickedProvider => Parameters["connection"] is null
        ? null
        : AllowedConnections.FirstOrDefault(connection => !connection.IsDatabase);

    /// <summary>The request as Actions see it.</summary>
    /// <param name="pending">The same request as it waits for the user.</param>
    public LoginTransaction TransactionOf(PendingAuthorization pending) =>
        new(Protocol, Parameters) { Id = pending.Id };

    /// <summary>Whether this is the user that the client requests.</summary>
    public bool Expects(User user) =>
        (Hint is null || Hint.Speaks(user, Tenant))
        && (Claims.Subject is null || Claims.Subject == SubjectIdentifier.Of(Client, user.UserId, Tenant));

    /// <summary>A strict third party gets no OpenID Connect: its request for it has no effect, as on Auth0.</summary>
    private bool IsOwn(string scope) => Core.Scopes.Standard.Contains(scope) && MaybeClient is not { IsStrict: true };

    /// <summary>Only a code can be exchanged for a refresh token.</summary>
    private bool MayIssueRefreshToken =>
        HasResponseType("code") && Client.AllowsGrantType("refresh_token") && Api is not { AllowOfflineAccess: false };

    private bool IsGranted(string scope) =>
        scope == "offline_access" ? MayIssueRefreshToken : IsOwn(scope) || Api?.Defines(scope) == true;

    /// <summary>Auth0's name of the flow.</summary>
    private string Protocol =>
        !HasResponseType("code") ? "oidc-implicit-profile"
        : ResponseTypes.Count == 1 ? "oidc-basic-profile"
        : "oidc-hybrid-profile";

    private string[] WordsOf(string name) => Parameters[name]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
