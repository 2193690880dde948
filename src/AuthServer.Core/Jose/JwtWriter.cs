using System.Buffers;
using System.Text.Json;

namespace AuthServer.Core.Jose;

/// <summary>Writes the claims of one JWT.</summary>
public static class JwtWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Signs what <paramref name="claims"/> writes between the braces.</summary>
    public static string Sign(ISigner signer, string type, Action<Utf8JsonWriter> claims)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            claims(json);
            json.WriteEndObject();
        }

        return Jws.Sign(signer, type, buffer.WrittenSpan);
    }
}
