using System.Text;

namespace AuthServer.Core.Clients;

/// <summary>A client's secret is kept twice: as a hash to compare with, and sealed to be shown again (mission decision 6).</summary>
public static class ClientSecrets
{
    private const string Purpose = "client-secret";

    /// <summary>64 letters and digits.</summary>
    public static Secret New() => new(OpaqueToken.Alphanumeric(64));

    public static void Set(Client client, Secret secret, ISecretBox box)
    {
        client.SecretHash = secret.Hash().Bytes;
        client.SecretSealed = box.Seal(Encoding.UTF8.GetBytes(secret.Reveal()), Purpose);
    }

    public static void Remove(Client client) => (client.SecretHash, client.SecretSealed) = (null, null);

    public static Secret? Reveal(Client client, ISecretBox box) =>
        client.SecretSealed is { } sealedSecret ? new Secret(Encoding.UTF8.GetString(box.Open(sealedSecret, Purpose))) : null;
}
