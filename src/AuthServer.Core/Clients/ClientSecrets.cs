using System.Text;
using AuthServer.Core.Jose;
using AuthServer.Core.Model;
using Microsoft.IdentityModel.Tokens;

namespace AuthServer.Core.Clients;

/// <summary>
/// A client's secret is kept twice: as a hash to compare with, and encrypted to be shown again (docs/security.md#keys).
/// </summary>
public static class ClientSecrets
{
    private const string Purpose = "client-secret";

    /// <summary>64 letters and digits (docs/requirements.md#applications-and-apis).</summary>
    public static Secret New() => new(OpaqueToken.Alphanumeric(64));

    public static void Set(Client client, Secret secret, ISecretBox box)
    {
        client.SecretHash = secret.Hash().Bytes;
        client.SecretSealed = box.Seal(Encoding.UTF8.GetBytes(secret.Reveal()), Purpose);
    }

    public static void Remove(Client client) => (client.SecretHash, client.SecretSealed) = (null, null);

    public static Secret? Reveal(Client client, ISecretBox box) =>
        client.SecretSealed is { } sealedSecret
            ? new Secret(Encoding.UTF8.GetString(box.Open(sealedSecret, Purpose)))
            : null;

    /// <summary>Signs with the client's secret, for a client whose record says HS256.</summary>
    /// <exception cref="InvalidOperationException">The client has no secret, which <see cref="ClientMetadataRules"/>
    /// would have refused.</exception>
    public static SymmetricSigner SignerOf(Client client, ISecretBox box) => new(SigningSecretOf(client, box).Reveal());

    /// <summary>Verifies what <see cref="SignerOf"/> has signed.</summary>
    /// <inheritdoc cref="SignerOf" path="/exception"/>
    public static SymmetricSecurityKey VerificationKeyOf(Client client, ISecretBox box) =>
        new(Encoding.UTF8.GetBytes(SigningSecretOf(client, box).Reveal()));

    private static Secret SigningSecretOf(Client client, ISecretBox box) =>
        Reveal(client, box)
        ?? throw new InvalidOperationException($"Client {client.ClientId} has no secret to sign with.");
}
