using System.Security.Claims;
using AuthServer.Core;
using AuthServer.Core.Issuance;
using AuthServer.Core.Model;
using TokenTypeIdentifiers = OpenIddict.Abstractions.OpenIddictConstants.TokenTypeIdentifiers;

namespace AuthServer.Protocol.Issuance;

/// <summary>
/// Tokens of a response, decided by the rules of the grant type; the handlers of this folder sign and store them.
/// </summary>
internal sealed class TokenIssuance
{
    /// <summary>Tokens on a user's behalf.</summary>
    public TokenIssuance(UserTokenDescriptor user, DateTimeOffset now) =>
        (User, Client, ResourceServer, Organization, Scopes, KeyThumbprint, AccessTokenLifetime, Now) =
        (user,
            user.Client,
            user.Subject.Api,
            user.Subject.Organization,
            user.Scopes,
            user.BoundTo,
            user.AccessTokenLifetime,
            now);

    /// <summary>A token of the client's own.</summary>
    public TokenIssuance(ClientTokenDescriptor client, DateTimeOffset now) =>
        (ClientToken, Client, ResourceServer, Organization, Scopes, KeyThumbprint, AccessTokenLifetime, Now) =
        (client,
            client.Client,
            client.Api,
            client.Organization,
            client.Scopes,
            client.BoundTo,
            client.AccessTokenLifetime,
            now);

    /// <summary>Null for a token of the client's own.</summary>
    public UserTokenDescriptor? User { get; private set; }

    /// <summary>Null for tokens on a user's behalf.</summary>
    public ClientTokenDescriptor? ClientToken { get; private set; }

    public Client Client { get; }

    /// <summary>The audience of the access token; null for an opaque one, which is for <c>/userinfo</c>.</summary>
    public ResourceServer? ResourceServer { get; }

    public Organization? Organization { get; }

    public Scopes Scopes { get; private set; }

    /// <summary>Of the key that the access token is bound to; null for a bearer token.</summary>
    public string? KeyThumbprint { get; }

    /// <summary>Seconds.</summary>
    public int AccessTokenLifetime { get; }

    /// <summary>The time of the request: what is issued together has one <c>iat</c>.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>The authorization is stored together with its first tokens.</summary>
    public bool IsNewAuthorization { get; init; }

    /// <summary>A refresh token is generated, the first one or the successor of the presented one.</summary>
    public bool GeneratesRefreshToken { get; init; }

    /// <summary>
    /// The refresh token of the response that is stored already: the successor that a rotated one had before.
    /// </summary>
    public Secret? ReissuedRefreshToken { get; init; }

    /// <summary>Of a code: what its exchange is compared with.</summary>
    public AuthorizationCodeBinding? CodeBinding { get; init; }

    /// <summary>The password by which the user signed in just now; null for any other grant type.</summary>
    public PasswordVersion? Password { get; init; }

    /// <summary>The pushed request that is answered; null when there is none.</summary>
    public Token? PushedRequest { get; init; }

    /// <summary>Changes the tokens as the Actions of the login require.</summary>
    public void Customize(TokenCustomization customization)
    {
        if (customization.IsEmpty)
            return;
        Scopes = customization.Apply(Scopes);
        User = User is null ? null : User with { Scopes = Scopes, Customization = customization };
        ClientToken = ClientToken is null ? null : ClientToken with { Customization = customization };
    }

    /// <summary>
    /// Whether such a token is a row: an access token without an API is opaque, one for an API is a JWT and not stored.
    /// In OpenIddict that is one choice for the whole server.
    /// </summary>
    /// <param name="type">One of OpenIddict's token type identifiers.</param>
    public bool IsStored(string type) => type switch
    {
        TokenTypeIdentifiers.AccessToken => ResourceServer is null,
        TokenTypeIdentifiers.IdentityToken => false,
        _ => true,
    };

    /// <summary>
    /// What OpenIddict demands of a sign-in. It has no claims: those of tokens are written by the tables of
    /// Core/Issuance.
    /// </summary>
    public static ClaimsPrincipal NewPrincipal() => new(new ClaimsIdentity());
}

/// <summary>Values that an authorization code is bound to.</summary>
/// <param name="RedirectUri">As the client sent it to <c>/authorize</c>; null when it sent none.</param>
/// <param name="CodeChallenge">RFC 7636 §4.2; null without PKCE.</param>
/// <param name="Nonce">Of the ID token.</param>
/// <param name="KeyThumbprint"><c>dpop_jkt</c>; null for any key.</param>
internal sealed record AuthorizationCodeBinding(
    string? RedirectUri, string? CodeChallenge, string? Nonce, string? KeyThumbprint);
