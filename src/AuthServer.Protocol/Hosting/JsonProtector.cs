using System.Security.Cryptography;
using System.Text.Json;
using AuthServer.Core;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Protocol.Hosting;

/// <summary>Encrypts values, as JSON, into texts for URLs and cookies, and opens them.</summary>
/// <param name="protection">Encrypts and authenticates them.</param>
/// <param name="purpose">A text of another purpose is not opened.</param>
public sealed class JsonProtector<T>(IDataProtectionProvider protection, string purpose)
    where T : class
{
    private readonly IDataProtector protector = protection.CreateProtector(purpose);

    public string Seal(T value) =>
        WebEncoders.Base64UrlEncode(protector.Protect(JsonSerializer.SerializeToUtf8Bytes(value, JsonText.Relaxed)));

    /// <returns>Null when the text was not encrypted by this server, or was changed.</returns>
    public T? Open(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        try
        {
            return JsonSerializer.Deserialize<T>(protector.Unprotect(WebEncoders.Base64UrlDecode(text)));
        }
        catch (Exception forged) when (forged is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }
}
