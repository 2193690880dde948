using AuthServer.Core.Model;

namespace AuthServer.Core.Authorizations;

/// <summary>Rows that are stored together with a new authorization.</summary>
/// <param name="Authorization">The authorization.</param>
/// <param name="Tokens">Its first tokens: a code, a refresh token, an opaque access token.</param>
public sealed record NewAuthorization(Authorization Authorization, IReadOnlyList<Token> Tokens)
{
    /// <summary>The pushed request that it answers, and redeems; null when there is none.</summary>
    public Token? PushedRequest { get; init; }

    /// <summary>A client that registered itself, and is not known to have been granted anything before.</summary>
    public bool MayBeFirstGrant { get; init; }

    /// <summary>The password by which the user signed in for it; null for a login by a session.</summary>
    public PasswordVersion? Password { get; init; }
}

/// <summary>What became of a new authorization; nothing is stored unless it says so.</summary>
public enum NewAuthorizationOutcome
{
    Stored,

    /// <summary>The pushed request was answered before.</summary>
    RequestUsed,

    /// <summary>The session has ended meanwhile.</summary>
    SessionEnded,

    /// <summary>The user has another password meanwhile.</summary>
    PasswordChanged,
}

/// <summary>The writes of one issuance, each in one transaction with one conditional update.</summary>
public interface IIssuanceStore
{
    /// <summary>
    /// Stores an authorization while what it comes from still counts: the end of the session and a new password wait
    /// for it, and find it.
    /// </summary>
    Task<NewAuthorizationOutcome> AddAsync(NewAuthorization created, CancellationToken ct);

    /// <summary>Stores a pushed authorization request.</summary>
    Task AddPushedRequestAsync(Token pushed, CancellationToken ct);

    /// <summary>Redeems a pushed request for a response that stores nothing, an error.</summary>
    /// <returns>False when it was answered before.</returns>
    Task<bool> TryRedeemPushedRequestAsync(Token pushed, DateTimeOffset now, CancellationToken ct);

    /// <summary>Redeems the code, and stores what it was exchanged for.</summary>
    /// <returns>False when the code was redeemed, expired or failed too often, or its authorization revoked.</returns>
    Task<bool> TryRedeemAsync(Token code, IReadOnlyList<Token> issued, DateTimeOffset now, CancellationToken ct);

    /// <summary>Counts a wrong attempt to redeem a code.</summary>
    Task CountFailureAsync(Token code, CancellationToken ct);

    /// <summary>Redeems a refresh token, and stores its successor and an opaque access token.</summary>
    /// <returns>False when it was redeemed before or expired, or its authorization revoked; nothing is stored
    /// then.</returns>
    Task<bool> TryRotateAsync(Token used, IReadOnlyList<Token> issued, DateTimeOffset now, CancellationToken ct);

    /// <summary>Extends a refresh token that does not rotate.</summary>
    /// <returns>False when it was rotated or expired, or its authorization revoked; nothing is stored then.</returns>
    Task<bool> TryUseAsync(
        Token used, DateTimeOffset idleExpiry, IReadOnlyList<Token> issued, DateTimeOffset now, CancellationToken ct);

    /// <summary>Issues for the successor of a rotated token once more.</summary>
    /// <param name="rotated">Redeemed at <paramref name="redeemedSince"/> or later.</param>
    /// <param name="issued">An opaque access token, or nothing.</param>
    /// <param name="redeemedSince">The beginning of the leeway.</param>
    /// <param name="now">The time.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>False when the successor was used, the leeway is over, or the authorization is revoked; nothing is
    /// stored then.</returns>
    Task<bool> TryRepeatAsync(
        Token rotated,
        IReadOnlyList<Token> issued,
        DateTimeOffset redeemedSince,
        DateTimeOffset now,
        CancellationToken ct);
}
