using System.Security.Cryptography;
using System.Text.Json;
using AuthServer.Core.Users;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Federation;

/// <summary>An identity that its owner has just proved, waiting for the word of the user who wants to connect it. Good in one session, for ten minutes.</summary>
public sealed record LinkTicket(string SessionId, string ConnectionId, UserIdentity Identity, DateTimeOffset SealedAt);

/// <summary>Seals link tickets into the URL of the page that asks, and opens them.</summary>
public sealed class LinkTickets(IDataProtectionProvider protection, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly IDataProtector protector = protection.CreateProtector("identity-link");

    public string Seal(string sessionId, string connectionId, UserIdentity identity) =>
        WebEncoders.Base64UrlEncode(protector.Protect(JsonSerializer.SerializeToUtf8Bytes(new LinkTicket(sessionId, connectionId, identity, time.GetUtcNow()))));

    /// <returns>Null when it is not ours, of another session, or too old.</returns>
    public LinkTicket? Open(string? ticket, string sessionId)
    {
        try
        {
            return JsonSerializer.Deserialize<LinkTicket>(protector.Unprotect(WebEncoders.Base64UrlDecode(ticket ?? ""))) is { } opened
                && opened.SessionId == sessionId && time.GetUtcNow() < opened.SealedAt + Lifetime ? opened : null;
        }
        catch (Exception forged) when (forged is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }
}
