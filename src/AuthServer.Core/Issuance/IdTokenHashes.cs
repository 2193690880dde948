using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AuthServer.Core.Issuance;

/// <summary>What an ID token from the authorization endpoint is bound to: what came along with it (OpenID Connect Core §3.2.2.9 and §3.3.2.11).</summary>
public sealed record IdTokenHashes
{
    /// <summary><c>at_hash</c>.</summary>
    public string? AccessToken { get; init; }

    /// <summary><c>c_hash</c>.</summary>
    public string? Code { get; init; }

    public static IdTokenHashes Of(Secret? accessToken, Secret? code) => new() { AccessToken = LeftHalf(accessToken), Code = LeftHalf(code) };

    /// <summary>Of SHA-256, which goes with RS256 and HS256 alike.</summary>
    private static string? LeftHalf(Secret? value) =>
        value is null ? null : Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(value.Reveal())).AsSpan(0, 16));
}
