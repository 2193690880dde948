using System.Collections.Frozen;
using System.Security.Claims;
using AuthServer.Protocol.Responses;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using OpenIddict.Validation.AspNetCore;

namespace AuthServer.Protocol.Validation;

/// <summary>Authenticates a call of the Management API by OpenIddict's validation scheme.</summary>
public static class ManagementAuthentication
{
    /// <summary>OpenIddict's errors by their identifiers, in Auth0's words.</summary>
    private static readonly FrozenDictionary<string, string> Texts = FrozenDictionary.ToFrozenDictionary(
        [
            KeyValuePair.Create("ID2019", "Expired token received for JSON Web Token validation"),
            KeyValuePair.Create("ID2088", "Bad issuer"),
        ],
        StringComparer.Ordinal);

    /// <returns>The token's claims; or null, and why the token is refused.</returns>
    public static async Task<(ClaimsPrincipal? Token, string Error)> AuthenticateManagementTokenAsync(
        this HttpContext http)
    {
        var result = await http.AuthenticateAsync(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);
        if (result.Succeeded)
            return (result.Principal, "");
        return (null, ErrorOf(result.Properties));
    }

    private static string ErrorOf(AuthenticationProperties? properties)
    {
        var description = properties?.GetString(OpenIddictValidationAspNetCoreConstants.Properties.ErrorDescription);
        var uri = properties?.GetString(OpenIddictValidationAspNetCoreConstants.Properties.ErrorUri);
        return ErrorIds.Of(uri) is { } id
            ? Texts.GetValueOrDefault(id, "Invalid token")
            : description ?? "Invalid token";
    }
}
