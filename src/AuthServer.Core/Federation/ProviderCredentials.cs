using System.Text;
using AuthServer.Core.Connections;
using AuthServer.Core.Jose;

namespace AuthServer.Core.Federation;

/// <summary>Authenticates this server at a provider's token endpoint.</summary>
public static class ProviderCredentials
{
    private static readonly TimeSpan SignedSecretLifetime = TimeSpan.FromMinutes(5);

    /// <returns>The form with the credentials that the provider requires, and the header; null when the connection's
    /// secret is missing or invalid.</returns>
    public static ProviderRequest? Add(
        Dictionary<string, string> form,
        IdentityProvider provider,
        ProviderMetadata metadata,
        ISecretBox box,
        DateTimeOffset now)
    {
        if (ConnectionSecrets.Open(provider.Connection, box)?.Reveal() is not { } secret)
            return null;
        if (provider.TokenEndpointAuthMethod == ProviderAuthMethods.Basic)
        {
            // RFC 6749 §2.3.1: each half form-encoded first.
            var pair = Convert.ToBase64String(
                Encoding.ASCII.GetBytes($"{Uri.EscapeDataString(provider.ClientId)}:{Uri.EscapeDataString(secret)}"));
            return new ProviderRequest(metadata.TokenEndpoint) { Form = form, Authorization = "Basic " + pair };
        }

        var value =
            provider.TokenEndpointAuthMethod == ProviderAuthMethods.SignedSecret
                ? Signed(provider, metadata, secret, now)
                : secret;
        if (value is null)
            return null;
        (form["client_id"], form["client_secret"]) = (provider.ClientId, value);
        return new ProviderRequest(metadata.TokenEndpoint) { Form = form };
    }

    /// <summary>Apple's "client secret": a JWT under the developer's key.</summary>
    private static string? Signed(IdentityProvider provider, ProviderMetadata metadata, string pem, DateTimeOffset now)
    {
        var signer = Signer.FromPem(provider.KeyId ?? "", pem);
        return signer is null || metadata.Issuer is not { } audience ? null : JwtWriter.Sign(signer, "JWT", json =>
        {
            json.WriteString("iss", provider.TeamId);
            json.WriteString("sub", provider.ClientId);
            json.WriteString("aud", audience);
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", (now + SignedSecretLifetime).ToUnixTimeSeconds());
        });
    }
}
