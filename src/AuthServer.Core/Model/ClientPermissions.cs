using Features = OpenIddict.Abstractions.OpenIddictConstants.Requirements.Features;
using Prefixes = OpenIddict.Abstractions.OpenIddictConstants.Permissions.Prefixes;

namespace AuthServer.Core.Model;

/// <summary>Permissions and requirements of a client in OpenIddict's terms, as its JSON arrays.</summary>
internal static class ClientPermissions
{
    /// <summary>
    /// Each grant type, and the response types that they allow: a hybrid type needs both grant types, and a client that
    /// registered response types is limited to them (RFC 7591 §2).
    /// </summary>
    public static string Of(IReadOnlyList<string> grantTypes, IReadOnlyList<string> registered)
    {
        var responseTypes = ClientVocabulary.ResponseTypes
            .Where(type => ClientVocabulary.GrantTypesOf(type).All(grantTypes.Contains))
            .Where(type => registered.Count == 0 || registered.Contains(type, StringComparer.Ordinal));
        return JsonText.WriteList([
            .. grantTypes.Select(type => Prefixes.GrantType + type),
            .. responseTypes.Select(type => Prefixes.ResponseType + type),
        ])!;
    }

    public static string Required(bool pkce, bool pushed) => (pkce, pushed) switch
    {
        (true, true) => $"""["{Features.ProofKeyForCodeExchange}","{Features.PushedAuthorizationRequests}"]""",
        (true, false) => $"""["{Features.ProofKeyForCodeExchange}"]""",
        (false, true) => $"""["{Features.PushedAuthorizationRequests}"]""",
        _ => "[]",
    };
}
