using System.Security.Cryptography;
using System.Text;

namespace AuthServer.Storage.Users;

/// <summary>How often something was tried in the window that ends at <see cref="ResetsAt"/>.</summary>
public sealed class AttemptCounter
{
    /// <summary>SHA-256 of the key: no row reveals the user or the address.</summary>
    public required byte[] Hash { get; init; }
    public required int Count { get; set; }
    public required DateTimeOffset ResetsAt { get; set; }

    /// <param name="key">What is counted.</param>
    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
