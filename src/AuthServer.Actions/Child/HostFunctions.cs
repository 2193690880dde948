using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AuthServer.Core;

namespace AuthServer.Actions.Child;

/// <summary>
/// Functions of the host that answer at once. Only texts go in and out; bytes are texts of characters below 256.
/// </summary>
internal static class HostFunctions
{
    private const int MaxText = 1 << 20;
    private const int MaxRandomBytes = 4096;

    /// <exception cref="HostException">The arguments can't be used; the Action may catch it.</exception>
    public static string? Call(string operation, string? first, string? second, string? third) => operation switch
    {
        "decode" => ToBinary(Decode(Bounded(first), second)),
        "encode" => Encode(ToBytes(Bounded(first)), second),
        "url" => ParseUrl(Bounded(first), second),
        "uuid" => Uuid(),
        "random" => ToBinary(OpaqueToken.Bytes(SizeOf(first))),
        "hash" => ToBinary(CryptographicOperations.HashData(AlgorithmOf(first), ToBytes(Bounded(second)))),
        "hmac" => ToBinary(CryptographicOperations.HmacData(
            AlgorithmOf(first), ToBytes(Bounded(second)), ToBytes(Bounded(third)))),
        "cipher" => ToBinary(CipherFunctions.Call(Bounded(first))),
        "equal" => CryptographicOperations.FixedTimeEquals(ToBytes(Bounded(first)), ToBytes(Bounded(second)))
            ? ""
            : null,
        _ => throw new HostException($"Unknown operation {operation}"),
    };

    private static string Bounded(string? text) =>
        text is { Length: <= MaxText } ? text : throw new HostException("The argument is missing or too long");

    private static string ToBinary(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    private static byte[] ToBytes(string binary) => Encoding.Latin1.GetBytes(binary);

    private static byte[] Decode(string text, string? encoding)
    {
        switch (Normalize(encoding))
        {
            case "utf8":
                return Encoding.UTF8.GetBytes(text);
            case "latin1":
                return Encoding.Latin1.GetBytes(text);
            case "utf16le":
                return Encoding.Unicode.GetBytes(text);
            case "hex":
                var digits = text.AsSpan()[..(text.Length - (text.Length % 2))];
                var end = digits.IndexOfAnyExcept("0123456789abcdefABCDEF");
                return Convert.FromHexString(end < 0 ? digits : digits[..(end - (end % 2))]);
            default:
                return FromBase64(text);
        }
    }

    /// <summary>As Node.js reads it: either alphabet, with or without padding; other characters are skipped.</summary>
    private static byte[] FromBase64(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var c in text.TakeWhile(c => c != '='))
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '-' or '_')
                kept.Append(c switch { '+' => '-', '/' => '_', _ => c });
        }

        if (kept.Length % 4 == 1)
            kept.Length--;
        return Base64Url.DecodeFromChars(kept.ToString());
    }

    private static string Encode(byte[] bytes, string? encoding) => Normalize(encoding) switch
    {
        "utf8" => Encoding.UTF8.GetString(bytes),
        "latin1" => ToBinary(bytes),
        "utf16le" => Encoding.Unicode.GetString(bytes),
        "hex" => Convert.ToHexStringLower(bytes),
        "base64url" => Base64Url.EncodeToString(bytes),
        _ => Convert.ToBase64String(bytes),
    };

    private static string Normalize(string? encoding) => encoding?.ToLowerInvariant() switch
    {
        null or "utf8" or "utf-8" => "utf8",
        "latin1" or "binary" or "ascii" => "latin1",
        "utf16le" or "utf-16le" or "ucs2" or "ucs-2" => "utf16le",
        "hex" => "hex",
        "base64" => "base64",
        "base64url" => "base64url",
        _ => throw new HostException($"Unknown encoding: {encoding}"),
    };

    /// <exception cref="HostException">There is no such one.</exception>
    public static HashAlgorithmName AlgorithmOf(string? name) =>
        name?.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal) switch
        {
            "sha256" => HashAlgorithmName.SHA256,
            "sha384" => HashAlgorithmName.SHA384,
            "sha512" => HashAlgorithmName.SHA512,
            "sha1" => HashAlgorithmName.SHA1,
            "md5" => HashAlgorithmName.MD5,
            _ => throw new HostException($"Digest method not supported: {name}"),
        };

    private static int SizeOf(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size <= MaxRandomBytes
            ? size
            : throw new HostException($"The size must be a whole number of at most {MaxRandomBytes}");

    /// <summary>RFC 9562 §5.4.</summary>
    private static string Uuid()
    {
        var bytes = OpaqueToken.Bytes(16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    /// <returns>The parts of the URL as JSON; null when it is none.</returns>
    private static string? ParseUrl(string text, string? against)
    {
        Uri? uri;
        if (against is null)
            Uri.TryCreate(text, UriKind.Absolute, out uri);
        else
            uri = Uri.TryCreate(against, UriKind.Absolute, out var root) && Uri.TryCreate(root, text, out var joined)
                ? joined
                : null;
        if (uri is null || (uri.IsFile && !text.StartsWith("file:", StringComparison.OrdinalIgnoreCase)))
            return null;
        var user = uri.UserInfo.Split(':', 2);
        return new JsonObject
        {
            ["protocol"] = uri.Scheme + ":",
            ["username"] = user[0],
            ["password"] = user.Length > 1 ? user[1] : "",
            ["host"] = uri.IsDefaultPort ? uri.IdnHost : $"{uri.IdnHost}:{uri.Port}",
            ["hostname"] = uri.IdnHost,
            ["port"] = uri.IsDefaultPort ? "" : uri.Port.ToString(CultureInfo.InvariantCulture),
            ["origin"] = uri.GetLeftPart(UriPartial.Authority),
            ["pathname"] = uri.AbsolutePath,
            ["search"] = uri.Query is "?" ? "" : uri.Query,
            ["hash"] = uri.Fragment is "#" ? "" : uri.Fragment,
        }.ToJsonString();
    }
}

/// <summary>A fault of an Action's that it may catch.</summary>
internal sealed class HostException(string message) : Exception(message);
