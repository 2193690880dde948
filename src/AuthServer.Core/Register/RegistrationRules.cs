using AuthServer.Core.Clients;
using AuthServer.Core.Model;

namespace AuthServer.Core.Register;

/// <summary>
/// Rules for self-registered clients, in addition to those for all clients (<see cref="ClientMetadataRules"/>).
/// </summary>
public static class RegistrationRules
{
    public static readonly ClientRule[] All =
    [
        new("redirect_uris", client => client.Callbacks.Count == 0 ? "must have at least one URI" : null),
        new(
            "grant_types",
            client =>
                client.GrantTypes.FirstOrDefault(grant => !Allowed(client).Contains(grant)) is { } other
                    ? $"must not have {other}; allowed are {string.Join(", ", Allowed(client))}"
                    : null),
        new(
            "response_types",
            client => client.IsStrict && client.ResponseTypes.Any(type => type != "code") ? "must be only code" : null
        ),
        new(
            "id_token_signed_response_alg",
            client => client.IsStrict && client.IdTokenAlgorithm != Algorithms.Rs256 ? "must be RS256" : null),
        new(
            "grant_types",
            client => Missing(client) is { } missing ? $"must have {missing} for these response_types" : null),
        new(
            "jwks",
            client =>
                client is { TokenEndpointAuthMethod: TokenEndpointAuthMethods.PrivateKeyJwt, Jwks: null, JwksUri: null }
                    ? "or jwks_uri is required for private_key_jwt"
                    : null),
    ];

    /// <returns>The first rule that fails; null when none does.</returns>
    public static ClientProblem? Check(Client client, TenantSettings settings) =>
        All.Select(rule => rule.Check(client) is { } message ? new ClientProblem(rule.Member, message) : null)
            .FirstOrDefault(problem => problem is not null)
        ?? ClientMetadataRules.Check(client, settings);

    /// <summary>
    /// Grant types without a user, and those that take a password, can be allowed only by an administrator
    /// (CVE-2026-65635).
    /// </summary>
    private static string[] Allowed(Client client) =>
        client.IsStrict ? ["authorization_code", "refresh_token"] : ["authorization_code", "refresh_token", "implicit"];

    /// <summary>The pairs of RFC 7591 §2.1.</summary>
    private static string? Missing(Client client) =>
        client.ResponseTypes.SelectMany(ClientVocabulary.GrantTypesOf)
            .FirstOrDefault(grantType => !client.AllowsGrantType(grantType));
}
