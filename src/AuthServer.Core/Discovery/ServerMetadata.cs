using System.Text.Json;
using AuthServer.Core.Clients;
using AuthServer.Core.Dpop;
using AuthServer.Core.Jose;
using AuthServer.Core.Requests;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Discovery;

/// <summary>
/// The metadata document, RFC 8414 and OpenID Connect Discovery 1.0: what is true of this server, and nothing else. A test holds each
/// member against the server's behaviour.
/// </summary>
public static class ServerMetadata
{
    private static readonly string[] ClientAuthentication = ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"];
    private static readonly string[] ConfidentialAuthentication = ["client_secret_basic", "client_secret_post", "private_key_jwt"];

    /// <returns>UTF-8 JSON.</returns>
    public static byte[] Write(Tenant tenant)
    {
        var issuer = tenant.Issuer;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("issuer", issuer.Value);
            json.WriteString("authorization_endpoint", issuer.At("/authorize"));
            json.WriteString("token_endpoint", issuer.At("/oauth/token"));
            json.WriteString("userinfo_endpoint", issuer.At("/userinfo"));
            json.WriteString("jwks_uri", issuer.At("/.well-known/jwks.json"));
            json.WriteString("revocation_endpoint", issuer.At("/oauth/revoke"));
            json.WriteString("introspection_endpoint", issuer.At("/oauth/introspect"));
            json.WriteString("end_session_endpoint", issuer.At("/oidc/logout"));
            if (tenant.Settings.Flag(TenantFlags.EnableDynamicClientRegistration))
                json.WriteString("registration_endpoint", issuer.At("/oidc/register"));
            if (tenant.Settings.PushedAuthorizationRequestsSupported)
                json.WriteString("pushed_authorization_request_endpoint", issuer.At("/oauth/par"));
            json.WriteBoolean("require_pushed_authorization_requests", tenant.Settings.Flag(TenantFlags.RequirePushedAuthorizationRequests));
            List(json, "scopes_supported", Scopes.Standard.Order(StringComparer.Ordinal));
            List(json, "response_types_supported", ["code", "token", "id_token", "id_token token", "code id_token", "code token", "code id_token token"]);
            List(json, "response_modes_supported", ["query", "fragment", "form_post", "web_message"]);
            List(json, "grant_types_supported", ["authorization_code", "implicit", "refresh_token", "client_credentials", "password", "http://auth0.com/oauth/grant-type/password-realm"]);
            List(json, "subject_types_supported", [SubjectTypes.Public, SubjectTypes.Pairwise]);
            List(json, "id_token_signing_alg_values_supported", ["RS256", Algorithms.Hs256]);
            List(json, "userinfo_signing_alg_values_supported", ["RS256"]);
            List(json, "code_challenge_methods_supported", ["S256"]);
            List(json, "token_endpoint_auth_methods_supported", ClientAuthentication);
            List(json, "token_endpoint_auth_signing_alg_values_supported", Algorithms.Verified.Order(StringComparer.Ordinal));
            List(json, "revocation_endpoint_auth_methods_supported", ClientAuthentication);
            List(json, "revocation_endpoint_auth_signing_alg_values_supported", Algorithms.Verified.Order(StringComparer.Ordinal));
            List(json, "introspection_endpoint_auth_methods_supported", ConfidentialAuthentication);
            List(json, "introspection_endpoint_auth_signing_alg_values_supported", Algorithms.Verified.Order(StringComparer.Ordinal));
            List(
                json,
                "claims_supported",
                ["address", "aud", "auth_time", "email", "email_verified", "exp", "family_name", "given_name", "iat", "iss", "name", "nickname", "nonce", "phone_number", "phone_number_verified", "picture", "preferred_username", "sid", "sub", "updated_at"]);
            List(json, "prompt_values_supported", ["none", "login", "consent", "select_account"]);
            List(json, "display_values_supported", ["page"]);
            List(json, "ui_locales_supported", ["en", "ja"]);
            json.WriteBoolean("authorization_response_iss_parameter_supported", true);
            json.WriteBoolean("backchannel_logout_supported", true);
            json.WriteBoolean("backchannel_logout_session_supported", true);
            json.WriteBoolean("frontchannel_logout_supported", true);
            json.WriteBoolean("frontchannel_logout_session_supported", true);
            json.WriteBoolean("claims_parameter_supported", true);
            List(json, "dpop_signing_alg_values_supported", DpopProof.Algorithms.Order(StringComparer.Ordinal));
            List(json, "request_object_signing_alg_values_supported", RequestObjects.Algorithms.Order(StringComparer.Ordinal));
            json.WriteBoolean("require_signed_request_object", tenant.Settings.Flag(TenantFlags.RequireSignedRequestObject));
            json.WriteBoolean("request_parameter_supported", true);
            json.WriteBoolean("request_uri_parameter_supported", false);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void List(Utf8JsonWriter json, string member, IEnumerable<string> values)
    {
        json.WriteStartArray(member);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
