using AuthServer.Core.Model;

namespace AuthServer.Core.Issuance;

/// <summary>Access token to issue to a client in its own name.</summary>
/// <param name="Client">Client that the token is for.</param>
/// <param name="Api">The audience.</param>
/// <param name="Scopes">Granted scopes.</param>
/// <param name="Organization">In which; null for none.</param>
/// <param name="BoundTo">The thumbprint of the key that the token is bound to; null for a bearer token.</param>
public sealed record ClientTokenDescriptor(
    Client Client, ResourceServer Api, Scopes Scopes, Organization? Organization, string? BoundTo)
{
    /// <summary>Changes made by the Actions of the exchange.</summary>
    public TokenCustomization Customization { get; init; } = TokenCustomization.None;

    /// <summary>In seconds.</summary>
    public int AccessTokenLifetime => Issuance.AccessTokenLifetime.Of(Api);
}
