using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Http;

/// <summary>A logout that waits for the person's yes. Its URI was checked before it was sealed.</summary>
public sealed record PendingLogout(string? PostLogoutRedirectUri, string? State, string? ClientName)
{
    /// <summary>Where the browser goes once the session has ended.</summary>
    public string Destination => (PostLogoutRedirectUri, State) switch
    {
        (null, _) => "/u/logout?done",
        ({ } uri, null) => uri,
        ({ } uri, { } state) => QueryHelpers.AddQueryString(uri, "state", state),
    };
}

/// <summary>Seals a waiting logout into the handle of <c>/u/logout</c>, and opens it.</summary>
public sealed class PendingLogouts(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("pending-logout");

    public string Seal(PendingLogout pending) => WebEncoders.Base64UrlEncode(protector.Protect(JsonSerializer.SerializeToUtf8Bytes(pending)));

    /// <returns>Null when the handle is not ours or was changed.</returns>
    public PendingLogout? Open(string? handle)
    {
        if (string.IsNullOrEmpty(handle))
            return null;
        try
        {
            return JsonSerializer.Deserialize<PendingLogout>(protector.Unprotect(WebEncoders.Base64UrlDecode(handle)));
        }
        catch (Exception forged) when (forged is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }
}
