using System.Security.Claims;
using AuthServer.Core;
using AuthServer.Core.Tenants;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Protocol.AccessTokens;

/// <summary>Claims of an access token that this server's own endpoints read.</summary>
public static class PrincipalClaims
{
    extension(ClaimsPrincipal principal)
    {
        /// <summary>The client that the token was issued to; null when the token names none.</summary>
        public string? ClientId => principal.GetPresenters().FirstOrDefault();

        /// <summary>A token of the client's own, without a user.</summary>
        public bool IsClientToken => principal.GetClaim(Claims.Subject) == principal.ClientId + "@clients";

        /// <summary>
        /// RFC 7519 §4.1.4: not valid on its expiration date either, which OpenIddict still accepts, nor without one.
        /// </summary>
        public bool HasExpired(DateTimeOffset now) =>
            principal.GetExpirationDate() is not { } expires || expires <= now;

        /// <summary>
        /// Thumbprint of the key that the token is bound to (RFC 9449 §6.1); null for a bearer token.
        /// </summary>
        public string? KeyThumbprint =>
            principal.GetClaim(Claims.Confirmation) is { } json && JsonText.Read(json) is { } confirmation
                ? JsonText.Of(confirmation, "jkt")
                : null;

        /// <summary>Stored form of the API that the token is for; null when it is only for <c>/userinfo</c>.</summary>
        public string? StoredAudience(Issuer issuer)
        {
            var api = principal.GetAudiences().FirstOrDefault(audience => audience != issuer.UserInfo);
            return api is null ? null : issuer.Stored(api);
        }
    }
}
