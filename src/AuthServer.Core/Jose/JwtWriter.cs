using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AuthServer.Core.Jose;

/// <summary>Writes and signs JWTs, in JWS compact serialization (RFC 7515 §7.1).</summary>
public static class JwtWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="signer">The key.</param>
    /// <param name="type">The header's <c>typ</c>: <c>JWT</c>, <c>at+jwt</c>.</param>
    /// <param name="claims">Writes the members of the payload.</param>
    public static string Sign(ISigner signer, string type, Action<Utf8JsonWriter> claims)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            claims(json);
            json.WriteEndObject();
        }

        return Sign(signer, type, buffer.WrittenSpan);
    }

    /// <param name="signer">The key.</param>
    /// <param name="type">The header's <c>typ</c>.</param>
    /// <param name="payload">A JSON object, UTF-8.</param>
    public static string Sign(ISigner signer, string type, ReadOnlySpan<byte> payload)
    {
        var kid = signer.Kid is null ? "" : $",\"kid\":\"{signer.Kid}\"";
        var header = Encoding.ASCII.GetBytes($$"""{"alg":"{{signer.Algorithm}}","typ":"{{type}}"{{kid}}}""");
        var size = Base64Url.GetEncodedLength(header.Length) + 1 + Base64Url.GetEncodedLength(payload.Length);
        var input = new byte[size];
        var length = Base64Url.EncodeToUtf8(header, input);
        input[length++] = (byte)'.';
        length += Base64Url.EncodeToUtf8(payload, input.AsSpan(length));

        var signature = signer.Sign(input.AsSpan(0, length));
        return string.Concat(Encoding.ASCII.GetString(input, 0, length), ".", Base64Url.EncodeToString(signature));
    }
}
