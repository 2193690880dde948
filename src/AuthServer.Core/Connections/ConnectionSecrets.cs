using System.Text;
using AuthServer.Core.Model;

namespace AuthServer.Core.Connections;

/// <summary>A connection's secret is written once and never shown again: only the provider gets it.</summary>
public static class ConnectionSecrets
{
    private const string Purpose = "connection-secret";

    public static void Set(Connection connection, string secret, ISecretBox box) =>
        connection.SecretSealed = box.Seal(Encoding.UTF8.GetBytes(secret), Purpose);

    public static Secret? Open(Connection connection, ISecretBox box) =>
        connection.SecretSealed is { } sealedSecret
            ? new Secret(Encoding.UTF8.GetString(box.Open(sealedSecret, Purpose)))
            : null;
}
