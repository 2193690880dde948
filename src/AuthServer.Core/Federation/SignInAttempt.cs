using System.Security.Cryptography;
using System.Text;

namespace AuthServer.Core.Federation;

/// <summary>
/// Login of one browser at one provider. It is carried encrypted in <c>state</c>, and is valid only in the browser that
/// has its cookie: a <c>state</c> that is carried to another browser is worthless (RFC 6749 §10.12).
/// </summary>
/// <param name="Id">Names the cookie; consumed at the return.</param>
/// <param name="ConnectionId">Provider of this login: a response from another one is rejected.</param>
/// <param name="Cookie">SHA-256 of the cookie's value.</param>
/// <param name="Nonce">Expected in the ID token.</param>
/// <param name="Verifier">RFC 7636; the provider receives it only with the code.</param>
/// <param name="StartedAt">When the browser left.</param>
public sealed record SignInAttempt(
    string Id,
    string ConnectionId,
    byte[] Cookie,
    string Nonce,
    string Verifier,
    DateTimeOffset StartedAt)
{
    /// <summary>Long enough for a second factor that the user has to fetch first.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>SHA-256 of the waiting authorization's handle, which <c>state</c> also carries.</summary>
    public byte[]? Handle { get; init; }

    /// <summary><c>sid</c> of the session whose user connects this identity; null for a sign-in.</summary>
    public string? LinkIn { get; init; }

    /// <summary>
    /// <c>sid</c> of the administrator's session that tries the connection: no user is signed in or created then.
    /// </summary>
    public string? TriedIn { get; init; }

    /// <summary>Seconds: how old the provider's own authentication may be (ASVS 6.8.4).</summary>
    public long? MaxAge { get; init; }

    /// <summary>The provider was asked to let the user prove it again.</summary>
    public bool Again { get; init; }

    public bool IsExpired(DateTimeOffset now) => now >= StartedAt + Lifetime;

    public bool IsOf(Secret? cookie) => cookie is not null && new TokenHash(Cookie) == cookie.Hash();

    public bool Carries(string? handle) =>
        Handle is null
            ? handle is null
            : handle is not null && CryptographicOperations.FixedTimeEquals(Handle, HashOf(handle));

    public string Challenge => Pkce.ChallengeOf(Verifier);

    public static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
