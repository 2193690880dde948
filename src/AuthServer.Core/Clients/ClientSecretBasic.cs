using System.Net;
using System.Text;

namespace AuthServer.Core.Clients;

/// <summary>
/// <c>client_secret_basic</c>, RFC 6749 §2.3.1. Both halves are form-encoded before they are joined; many clients send them raw, so
/// that both readings are tried (contract A.0).
/// </summary>
public sealed class ClientSecretBasic : IClientAuthentication
{
    private const string Scheme = "Basic ";
    private const int Longest = 2048;

    public ClaimedClient? Read(ClientRequest request)
    {
        if (request.Authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
            return null;
        if (Split(request.Authorization) is not var (id, _))
            return new ClaimedClient();
        var decoded = WebUtility.UrlDecode(id);
        return decoded == id ? new ClaimedClient(id) : new ClaimedClient(decoded, id);
    }

    public Task<string?> VerifyAsync(Client client, ClientRequest request, CancellationToken ct)
    {
        var (_, secret) = Split(request.Authorization!) ?? ("", "");
        var right = PresentedSecret.Matches(client, WebUtility.UrlDecode(secret)) | PresentedSecret.Matches(client, secret);
        return Task.FromResult(right ? null : "wrong secret, or not a client with a secret");
    }

    private static (string Id, string Secret)? Split(string header)
    {
        var encoded = header.AsSpan(Scheme.Length).Trim();
        var bytes = new byte[Longest];
        if (encoded.Length > Longest || !Convert.TryFromBase64Chars(encoded, bytes, out var length))
            return null;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon <= 0 ? null : (text[..colon], text[(colon + 1)..]);
    }
}

/// <summary>Compares a presented client secret through its hash, in constant time.</summary>
internal static class PresentedSecret
{
    /// <summary>A client with a secret may send it either way (contract A.0); one without never gets in by one.</summary>
    public static bool Matches(Client client, string secret) =>
        client is { SecretHash: { } hash, TokenEndpointAuthMethod: TokenEndpointAuthMethods.ClientSecretBasic or TokenEndpointAuthMethods.ClientSecretPost }
        && secret.Length > 0
        && new Secret(secret).Hash() == new TokenHash(hash);
}
