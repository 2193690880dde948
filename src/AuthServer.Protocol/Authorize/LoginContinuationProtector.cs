using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using AuthServer.Core;
using AuthServer.Core.Actions;
using AuthServer.Core.Authorize;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Protocol.Authorize;

/// <summary>A login that waits for a user whom an Action sent to another application.</summary>
/// <param name="Pending">The authorization request.</param>
/// <param name="Continuation">Point at which its Actions resume.</param>
/// <param name="SessionId">Session that the user left, and has to return in.</param>
public sealed record SuspendedLogin(PendingAuthorization Pending, LoginContinuation Continuation, string SessionId)
{
    /// <summary>Of the state, which is used once.</summary>
    public TokenHash StateHash { get; init; }
}

/// <summary>
/// Encrypts a suspended login into the <c>state</c> that the other application returns to <c>/continue</c>. It is not
/// stored, like the pending authorization in it.
/// </summary>
public sealed class LoginContinuationProtector(
    IDataProtectionProvider protection, PendingAuthorizationProtector pendingRequests)
{
    /// <summary>Browsers and servers take URLs of that length.</summary>
    private const int MaxLength = 6_000;

    private readonly IDataProtector protector = protection.CreateProtector("login-continuation");

    /// <returns>Null when the Actions set too much for a URL before they sent the user away.</returns>
    public string? Seal(SuspendedLogin login)
    {
        var content = new Content(
            pendingRequests.Seal(login.Pending),
            login.Continuation.ActionId,
            login.Continuation.Commands,
            login.SessionId);
        var state = WebEncoders.Base64UrlEncode(
            protector.Protect(Compress(JsonSerializer.SerializeToUtf8Bytes(content, JsonText.Relaxed))));
        return state.Length <= MaxLength ? state : null;
    }

    /// <returns>Null when the state is forged, was changed, or expired.</returns>
    public SuspendedLogin? Open(string? state)
    {
        if (string.IsNullOrEmpty(state))
            return null;
        try
        {
            var opened = protector.Unprotect(WebEncoders.Base64UrlDecode(state));
            using var json = new BrotliStream(new MemoryStream(opened), CompressionMode.Decompress);
            if (JsonSerializer.Deserialize<Content>(json) is not { } content)
                return null;
            return pendingRequests.Open(content.Pending) is { } pending
                ? new SuspendedLogin(pending, new(content.ActionId, content.Commands), content.SessionId)
                {
                    StateHash = new Core.Secret(state).Hash(),
                }
                : null;
        }
        catch (Exception forged) when (forged is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    private static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var stream = new BrotliStream(compressed, CompressionLevel.Fastest))
            stream.Write(content);
        return compressed.ToArray();
    }

    private sealed record Content(string Pending, Guid ActionId, string Commands, string SessionId);
}
