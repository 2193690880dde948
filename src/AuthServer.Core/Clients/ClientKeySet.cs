using AuthServer.Core.Jwt;
using AuthServer.Core.Model;

namespace AuthServer.Core.Clients;

/// <summary>Validates a client's own JWK set (RFC 7517 §5), its <c>jwks</c>.</summary>
public static class ClientKeySet
{
    /// <returns>Description of the error; null when the key set can be registered.</returns>
    public static string? Validate(string json)
    {
        if (PublicKeys.ParseSet(json) is not { } keys)
            return "must be an object with an array of at most 20 keys";
        if (keys.Any(PublicKeys.HasPrivateMember))
            return "must have public keys alone";
        return keys.All(key => Algorithms.Verified.Any(algorithm => PublicKeys.Read(key, algorithm) is not null))
            ? null
            : "must have RSA keys of at least 2048 bits or P-256 keys";
    }
}
