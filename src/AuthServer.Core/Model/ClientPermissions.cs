using static OpenIddict.Abstractions.OpenIddictConstants;
using Features = OpenIddict.Abstractions.OpenIddictConstants.Requirements.Features;
using Prefixes = OpenIddict.Abstractions.OpenIddictConstants.Permissions.Prefixes;

namespace AuthServer.Core.Model;

/// <summary>Permissions and requirements of a client in OpenIddict's terms, as its JSON arrays.</summary>
internal static class ClientPermissions
{
    /// <summary>The response types, by whether they give out a code or tokens of the authorization endpoint.</summary>
    private static readonly (string ResponseType, bool Code, bool Implicit)[] ResponseTypeTable =
    [
        (ResponseTypes.Code, true, false),
        (ResponseTypes.Token, false, true),
        (ResponseTypes.IdToken, false, true),
        ("id_token token", false, true),
        ("code id_token", true, true),
        ("code token", true, true),
        ("code id_token token", true, true),
    ];

    /// <summary>
    /// Each grant type, and the response types that they allow: a hybrid type needs both grant types, and a client that
    /// registered response types is limited to them (RFC 7591 §2).
    /// </summary>
    public static string Of(IReadOnlyList<string> grantTypes, IReadOnlyList<string> registered)
    {
        var code = grantTypes.Contains(GrantTypes.AuthorizationCode, StringComparer.Ordinal);
        var tokens = grantTypes.Contains(GrantTypes.Implicit, StringComparer.Ordinal);
        var responseTypes = ResponseTypeTable
            .Where(type => (!type.Code || code) && (!type.Implicit || tokens))
            .Where(type => registered.Count == 0 || registered.Any(one => IsSame(one, type.ResponseType)));
        return JsonText.WriteList([
            .. grantTypes.Select(type => Prefixes.GrantType + type),
            .. responseTypes.Select(type => Prefixes.ResponseType + type.ResponseType),
        ])!;
    }

    public static string Required(bool pkce, bool pushed) => (pkce, pushed) switch
    {
        (true, true) => $"""["{Features.ProofKeyForCodeExchange}","{Features.PushedAuthorizationRequests}"]""",
        (true, false) => $"""["{Features.ProofKeyForCodeExchange}"]""",
        (false, true) => $"""["{Features.PushedAuthorizationRequests}"]""",
        _ => "[]",
    };

    /// <summary>
    /// The words of a response type have no order (OAuth 2.0 Multiple Response Type Encoding Practices §5).
    /// </summary>
    private static bool IsSame(string one, string other) =>
        one.Split(' ').ToHashSet(StringComparer.Ordinal).SetEquals(other.Split(' '));
}
