using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AuthServer.Core.Jwt;

/// <summary>A JWS in compact serialization (RFC 7515 §7.1) that was parsed and not verified.</summary>
public sealed class UnverifiedJwt
{
    /// <summary>A longer input is refused before anything is decoded (CVE-2025-61920).</summary>
    public const int MaxLength = 16 * 1024;

    /// <summary>Decoders skip white space and padding, which would give one token many spellings.</summary>
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>Two sequences of invalid bytes must not be read as one text.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private UnverifiedJwt(JsonWebToken token, JsonElement header, JsonElement payload) =>
        (Token, Header, Payload) = (token, header, new JwtPayload(payload));

    public JsonWebToken Token { get; }

    public JsonElement Header { get; }

    /// <summary>Claims of the token before verification: enough to find the keys that it must be signed with.</summary>
    public JwtPayload Payload { get; }

    public string Algorithm => Token.Alg;

    public string? KeyId => JsonText.Of(Header, "kid");

    public string? Type => JsonText.Of(Header, "typ");

    /// <returns>
    /// Null for anything that is not three base64url segments of JSON objects, has a <c>crit</c> or <c>b64</c> header,
    /// or is too long.
    /// </returns>
    public static UnverifiedJwt? Parse(string compact)
    {
        if (compact.Length > MaxLength || compact.AsSpan().ContainsAnyExcept(Alphabet))
            return null;
        try
        {
            var token = new JsonWebToken(compact);
            if (token.IsEncrypted || token.EncodedSignature.Length == 0)
                return null;
            if (Decode(token.EncodedHeader) is not { } header || !IsSupported(header))
                return null;
            return Decode(token.EncodedPayload) is { } payload ? new UnverifiedJwt(token, header, payload) : null;
        }
        catch (Exception malformed) when (malformed is ArgumentException or SecurityTokenException or FormatException)
        {
            return null;
        }
    }

    private static bool IsSupported(JsonElement header) =>
        !header.TryGetProperty("crit", out _)
        && !header.TryGetProperty("b64", out _)
        && JsonText.Of(header, "alg") is not null;

    /// <summary>An object whose names and texts can be read.</summary>
    private static JsonElement? Decode(string segment) =>
        JsonText.Read(Utf8.GetString(Base64Url.DecodeFromChars(segment))) is { ValueKind: JsonValueKind.Object } json
            ? json
            : null;
}
