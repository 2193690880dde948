using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AuthServer.Web.Cryptography;

/// <summary>
/// Fast hash of another server (MD5, SHA-1, SHA-2) inside this server's slow one: what is stored can't be guessed
/// faster than any other password of this server.
/// </summary>
internal sealed record LayeredHash
{
    private const string Prefix = "$layered$";
    private const string Before = "prefix";

    /// <summary>One of <see cref="Algorithms"/>.</summary>
    public required string Algorithm { get; init; }
    public byte[] Salt { get; init; } = [];

    /// <summary>The salt stands before the password, not behind it.</summary>
    public bool IsSaltFirst { get; init; } = true;

    /// <summary>This server's hash of the other server's; empty until there is one.</summary>
    public string Stored { get; init; } = "";

    /// <summary>Bytes of a hash of each algorithm.</summary>
    public static IReadOnlyDictionary<string, int> Algorithms { get; } = new Dictionary<string, int>(
        StringComparer.Ordinal)
    {
        ["md5"] = 16,
        ["sha1"] = 20,
        ["sha256"] = 32,
        ["sha512"] = 64,
    };

    /// <returns>Null for another kind of hash.</returns>
    public static LayeredHash? Find(string hash)
    {
        if (!hash.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var parts = hash[Prefix.Length..].Split('$');
        return new LayeredHash
        {
            Algorithm = parts[0],
            IsSaltFirst = parts[1] == Before,
            Salt = Base64Url.DecodeFromChars(parts[2]),
            Stored = parts[3],
        };
    }

    /// <summary>The other server's hash of a password, as <see cref="Stored"/> has hashed it.</summary>
    public string Of(string password)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        byte[] salted = IsSaltFirst ? [.. Salt, .. bytes] : [.. bytes, .. Salt];
        var algorithm = new HashAlgorithmName(Algorithm.ToUpperInvariant());
        return Of(CryptographicOperations.HashData(algorithm, salted));
    }

    public static string Of(byte[] hash) => Convert.ToHexStringLower(hash);

    public override string ToString() =>
        $"{Prefix}{Algorithm}${(IsSaltFirst ? Before : "suffix")}${Base64Url.EncodeToString(Salt)}${Stored}";
}
