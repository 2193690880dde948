using AuthServer.Protocol.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Sessions;

/// <summary>
/// A logout that waits for the user's word. Everything in it was checked by the endpoint that encrypted it.
/// </summary>
/// <param name="PostLogoutRedirectUri">Allowed URL to go to afterwards.</param>
/// <param name="State">Returned there unchanged.</param>
/// <param name="ClientName">Name of the application that requested the logout.</param>
public sealed record PendingLogout(string? PostLogoutRedirectUri, string? State, string? ClientName)
{
    /// <summary>
    /// The client when it registered itself: a handle is not bound to a browser, so that it never redirects there by
    /// itself (RFC 9700 §4.11).
    /// </summary>
    public string? UnverifiedClientId { get; init; }

    /// <summary>Languages that the request prefers, best first (RP-Initiated Logout §2).</summary>
    public string? UiLocales { get; init; }

    /// <summary>The session at the identity provider is to end too (Auth0's <c>federated</c>).</summary>
    public bool Federated { get; init; }

    /// <summary>The applications that learn of it in frames, once the session has ended.</summary>
    public IReadOnlyList<string> Frames { get; init; } = [];

    /// <summary>URL that the browser is sent to once the session has ended; null without one.</summary>
    public string? Destination => (PostLogoutRedirectUri, State) switch
    {
        (null, _) => null,
        (var uri, null) => uri,
        var (uri, state) => QueryHelpers.AddQueryString(uri, "state", state),
    };
}

/// <summary>
/// Encrypts a pending logout into the handle that <c>/u/logout</c> carries as <c>state</c>, and opens it.
/// </summary>
public sealed class PendingLogouts(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>Characters of a handle that fits into the 16 KiB of a request line.</summary>
    public const int MaxLength = 12 * 1024;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private readonly JsonProtector<Wire> protector = new(protection, "pending-logout");

    /// <summary>
    /// URL that the browser is sent to when the session has ended: through the signed-out page when applications are
    /// notified in frames there, or when the user has to decide whether to continue.
    /// </summary>
    public string After(PendingLogout waiting, IReadOnlyList<string> frames, bool mayRedirect)
    {
        if (waiting.Destination is { } destination && mayRedirect && frames.Count == 0)
            return destination;
        var shows = frames.Count > 0 || waiting.Destination is not null;
        return shows ? "/u/logout?state=" + Seal(waiting with { Frames = frames }) : "/u/logout?done";
    }

    /// <summary>Frames that don't fit are left out.</summary>
    public string Seal(PendingLogout pending)
    {
        var handle = protector.Seal(new Wire(pending, time.GetUtcNow()));
        return handle.Length <= MaxLength || pending.Frames.Count == 0
            ? handle
            : Seal(pending with { Frames = [.. pending.Frames.SkipLast(1)] });
    }

    /// <returns>Null when the handle is forged, was changed, or expired.</returns>
    public PendingLogout? Open(string? handle) =>
        protector.Open(handle) is { } wire && time.GetUtcNow() < wire.SealedAt + Lifetime ? wire.Pending : null;

    private sealed record Wire(PendingLogout Pending, DateTimeOffset SealedAt);
}
