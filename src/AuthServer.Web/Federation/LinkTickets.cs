using AuthServer.Core.Users;
using AuthServer.Protocol.Hosting;
using Microsoft.AspNetCore.DataProtection;

namespace AuthServer.Web.Federation;

/// <summary>
/// An identity that its owner has just proved, waiting for the word of the user who wants to connect it. Good in one
/// session, for ten minutes.
/// </summary>
public sealed record LinkTicket(string SessionId, string ConnectionId, UserIdentity Identity, DateTimeOffset SealedAt);

/// <summary>Seals link tickets into the URL of the page that asks, and opens them.</summary>
public sealed class LinkTickets(IDataProtectionProvider protection, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly JsonProtector<LinkTicket> protector = new(protection, "identity-link");

    public string Seal(string sessionId, string connectionId, UserIdentity identity) =>
        protector.Seal(new LinkTicket(sessionId, connectionId, identity, time.GetUtcNow()));

    /// <returns>Null when it is not ours, of another session, or too old.</returns>
    public LinkTicket? Open(string? ticket, string sessionId) =>
        protector.Open(ticket) is { } opened && opened.SessionId == sessionId
        && time.GetUtcNow() < opened.SealedAt + Lifetime
            ? opened
            : null;
}
