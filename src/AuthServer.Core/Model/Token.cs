using OpenIddict.EntityFrameworkCore.Models;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Core.Model;

/// <summary>
/// An authorization code, a refresh token, an opaque access token or a pushed authorization request, by its
/// <see cref="OpenIddictEntityFrameworkCoreToken{TKey, TApplication, TAuthorization}.Type"/>. JWTs are not stored.
/// </summary>
public sealed class Token : OpenIddictEntityFrameworkCoreToken<Guid, Client, Authorization>
{
    public Token() => base.Status = Statuses.Valid;

    /// <summary>Key of the client.</summary>
    public Guid? ApplicationId { get; set; }

    /// <summary>Key of the authorization that it belongs to; null for a pushed request.</summary>
    public Guid? AuthorizationId { get; set; }

    /// <summary>Scopes of an opaque access token; null where they are the authorization's.</summary>
    public Scopes? GrantedScopes { get; set; }

    /// <summary>
    /// Thumbprint of the key that it is bound to (RFC 9449): of an access token, of a public client's refresh token,
    /// and of a code by <c>dpop_jkt</c>; null for none.
    /// </summary>
    public string? KeyThumbprint { get; set; }

    /// <summary>Of a code: as the client sent it to <c>/authorize</c>; null when it sent none.</summary>
    public string? RedirectUri { get; set; }

    /// <summary>Of a code, RFC 7636 §4.2.</summary>
    public string? CodeChallenge { get; set; }

    /// <summary>Of a code.</summary>
    public string? Nonce { get; set; }

    /// <summary>The refresh token that this one was rotated into.</summary>
    public Guid? SuccessorId { get; set; }

    /// <summary>
    /// The successor's value under a key that is derived from this token's value
    /// (<see cref="Authorizations.SuccessorEncryption"/>).
    /// </summary>
    public byte[]? EncryptedSuccessor { get; set; }

    /// <summary>Of a code: wrong attempts of its own client to redeem it.</summary>
    public int Failures { get; set; }

    /// <summary>It is neither redeemed nor revoked.</summary>
    public bool IsValid => Status == Statuses.Valid;

    /// <summary>It was exchanged: a code, or a refresh token that was rotated.</summary>
    public bool IsRedeemed => Status == Statuses.Redeemed;

    /// <summary>The creation date, in UTC.</summary>
    public DateTimeOffset CreatedAt => new(CreationDate!.Value, TimeSpan.Zero);

    /// <summary>The expiration date, in UTC; the greatest value for a token that does not expire.</summary>
    public DateTimeOffset ExpiresAt =>
        ExpirationDate is { } end ? new DateTimeOffset(end, TimeSpan.Zero) : DateTimeOffset.MaxValue;

    public bool IsExpired(DateTimeOffset now) => ExpiresAt <= now;
}
