using AuthServer.Core.Model;
using AuthServer.Protocol.Hosting;
using Microsoft.AspNetCore.DataProtection;

namespace AuthServer.Web.Federation;

/// <summary>
/// Identity that its owner has just proved, waiting for the confirmation of the user who connects it. Valid in one
/// session, for ten minutes.
/// </summary>
public sealed record LinkTicket(string SessionId, string ConnectionId, UserIdentity Identity, DateTimeOffset SealedAt);

/// <summary>Encrypts link tickets into the URL of the page that asks, and decrypts them.</summary>
public sealed class LinkTickets(IDataProtectionProvider protection, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly JsonProtector<LinkTicket> protector = new(protection, "identity-link");

    public string Seal(string sessionId, string connectionId, UserIdentity identity) =>
        protector.Seal(new LinkTicket(sessionId, connectionId, identity, time.GetUtcNow()));

    /// <returns>Null when it is forged, of another session, or expired.</returns>
    public LinkTicket? Open(string? ticket, string sessionId) =>
        protector.Open(ticket) is { } opened && opened.SessionId == sessionId
        && time.GetUtcNow() < opened.SealedAt + Lifetime
            ? opened
            : null;
}
