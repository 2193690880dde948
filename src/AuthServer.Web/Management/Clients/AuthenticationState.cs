using AuthServer.Core.Model;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Clients;

/// <summary>
/// Everything by which a client authenticates itself or its requests. Keys are credentials like the secret: a caller
/// that changes any of them can act as the client.
/// </summary>
/// <param name="Method">The <c>token_endpoint_auth_method</c>.</param>
/// <param name="Secret">Sealed with a nonce, so that setting the same secret again is a change.</param>
/// <param name="Jwks">The keys that were sent by value.</param>
/// <param name="JwksUri">Where the other keys are fetched.</param>
/// <param name="Credentials">The ids of the keys, and which of them <c>private_key_jwt</c> accepts.</param>
/// <param name="SignedRequestObject">Whether requests have to be signed, and the ids of the keys.</param>
internal sealed record AuthenticationState(
    string Method,
    byte[]? Secret,
    string? Jwks,
    string? JwksUri,
    string Credentials,
    (bool Required, string Credentials) SignedRequestObject)
{
    private static readonly string[] Members =
    [
        "token_endpoint_auth_method", "client_secret", "jwks", "jwks_uri", "client_authentication_methods",
        "signed_request_object",
    ];

    public static AuthenticationState Of(Client client) => new(
        client.TokenEndpointAuthMethod,
        client.SecretSealed,
        client.Jwks,
        client.JwksUri,
        string.Join(' ', client.Credentials.Select(credential => $"{credential.Id}:{credential.Authenticates}")),
        (client.RequireSignedRequestObject, string.Join(' ', client.RequestObjectCredentials)));

    /// <summary>Whether a body names any of it.</summary>
    public static bool IsNamedIn(JsonBody body) => Array.Exists(Members, body.Has);

    /// <summary>Whether an update set new keys; the ids of known credentials are not new.</summary>
    public bool HasOtherKeysThan(AuthenticationState before) => Jwks != before.Jwks || JwksUri != before.JwksUri;
}
