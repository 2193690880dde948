namespace AuthServer.Core.Model;

/// <summary>A public key with which a client signs its assertions, RFC 7523.</summary>
public sealed class ClientCredential
{
    /// <summary><c>cred_</c> and 22 letters and digits.</summary>
    public required string Id { get; init; }
    public required string ClientId { get; init; }
    public string? Name { get; set; }

    /// <summary>The key id that an assertion's header may name.</summary>
    public required string KeyId { get; init; }

    /// <summary>RS256, RS384, PS256 or ES256.</summary>
    public required string Algorithm { get; init; }

    /// <summary>The public key as a JWK, RFC 7517.</summary>
    public required string Jwk { get; init; }
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>
    /// Whether it is among the client's <c>client_authentication_methods</c>. One that is not is kept and does not
    /// authenticate the client; it may still sign request objects when the client names it for them.
    /// </summary>
    public bool Authenticates { get; set; } = true;
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }
}
