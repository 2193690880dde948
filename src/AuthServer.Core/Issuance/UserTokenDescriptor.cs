using AuthServer.Core.Model;

namespace AuthServer.Core.Issuance;

/// <summary>Tokens to issue to a client on a user's behalf.</summary>
public sealed record UserTokenDescriptor(
    Client Client, AuthorizationSubject Subject, Authorization Authorization, Scopes Scopes)
{
    /// <summary>For the access token's <c>gty</c>; null for a code.</summary>
    public string? GrantType { get; init; }
    public string? Nonce { get; init; }

    /// <summary>The thumbprint of the key that the access token is bound to; null for a bearer token.</summary>
    public string? BoundTo { get; init; }

    /// <summary>The access token is part of a browser's URL, and has the API's lifetime for that.</summary>
    public bool ForWeb { get; init; }

    /// <summary>Changes made by the Actions of the login.</summary>
    public TokenCustomization Customization { get; init; } = TokenCustomization.None;

    /// <summary>Lifetime of such an access token in seconds.</summary>
    public int AccessTokenLifetime => Issuance.AccessTokenLifetime.Of(Subject.Api, ForWeb);
}
