using AuthServer.Core.Model;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Claims = OpenIddict.Abstractions.OpenIddictConstants.Claims;
using JsonWebTokenTypes = OpenIddict.Abstractions.OpenIddictConstants.JsonWebTokenTypes;

namespace AuthServer.Protocol.AccessTokens;

/// <summary>Shape that a JWT of this server must have when it is presented here (RFC 8725 §3.1 and §3.11).</summary>
internal static class JwtRestrictions
{
    public static void Apply(TokenValidationParameters parameters)
    {
        parameters.ValidAlgorithms = Algorithms.Signing;
        parameters.TypeValidator = ValidateType;
    }

    private static string ValidateType(string? type, SecurityToken token, TokenValidationParameters parameters)
    {
        var actual = TypeOf(type, (JsonWebToken)token);
        if (parameters.ValidTypes.Contains(actual, StringComparer.OrdinalIgnoreCase))
            return actual;
        var message = $"Tokens of the type {actual} are not accepted here.";
        throw new SecurityTokenInvalidTypeException(message) { InvalidType = actual };
    }

    /// <summary>
    /// Auth0's access tokens have the type of ID tokens; only access tokens have an <c>azp</c> here. A signed userinfo
    /// response has that type too, and no <c>exp</c>.
    /// </summary>
    private static string TypeOf(string? type, JsonWebToken token)
    {
        if (type != JsonWebTokenTypes.GenericJsonWebToken)
            return type ?? "";
        if (token.TryGetPayloadValue(Claims.AuthorizedParty, out string? _))
            return JsonWebTokenTypes.AccessToken;
        return token.TryGetPayloadValue(Claims.ExpiresAt, out long _) ? JsonWebTokenTypes.GenericJsonWebToken : "";
    }
}
