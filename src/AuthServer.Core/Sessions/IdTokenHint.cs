using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;

namespace AuthServer.Core.Sessions;

/// <summary>
/// ID token of this issuer that a client sends back: as <c>id_token_hint</c> (OpenID Connect Core §3.1.2.1,
/// RP-Initiated Logout 1.0 §2), where it may have expired, or as the proof of a sign-in.
/// </summary>
/// <param name="Client">The client that it was issued to.</param>
/// <param name="Subject">Subject of the user at the client.</param>
/// <param name="SessionId">The <c>sid</c> claim; null without one.</param>
/// <param name="IssuedAt">The <c>iat</c> claim; null without one.</param>
/// <param name="ExpiresAt">The <c>exp</c> claim.</param>
public sealed record IdTokenHint(
    Client Client, string Subject, string? SessionId, DateTimeOffset? IssuedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>It is signed with the client's secret (HS256), so that the client may have made it itself.</summary>
    public bool IsSignedByClient { get; init; }

    /// <summary>Whether it is about this user.</summary>
    public bool Speaks(User user, Tenant tenant) => Subject == SubjectIdentifier.Of(Client, user.UserId, tenant);

    /// <summary>
    /// Whether it proves a sign-in of the last <paramref name="maxAge"/>: signed by this server and not expired. Ten
    /// seconds for clocks that differ.
    /// </summary>
    public bool ProvesSignIn(TimeSpan maxAge, DateTimeOffset now) =>
        !IsSignedByClient && now < ExpiresAt && IssuedAt is { } issued
        && issued >= now - maxAge && issued <= now.AddSeconds(10);
}

/// <summary>Validates ID tokens that clients send back.</summary>
public interface IIdTokenHintReader
{
    /// <returns>
    /// Null for anything that is not an ID token which this issuer signed with a key that it still publishes, or with
    /// the secret of a client that is registered for that.
    /// </returns>
    Task<IdTokenHint?> ReadAsync(string token, CancellationToken ct);
}
