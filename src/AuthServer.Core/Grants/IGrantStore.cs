using AuthServer.Core.Requests;

namespace AuthServer.Core.Grants;

/// <summary>What is stored with a new approval.</summary>
public sealed record FirstArtefacts(AuthorizationCode? Code = null, RefreshToken? RefreshToken = null, AccessToken? AccessToken = null)
{
    /// <summary>The pushed request that the approval answers, and takes away; null when there is none.</summary>
    public PushedRequest? Answers { get; init; }
}

public interface IGrantStore
{
    /// <summary>Stores an approval and what it begins with, in one transaction.</summary>
    /// <returns>False when the pushed request was answered before; nothing is stored then.</returns>
    Task<bool> TryAddAsync(Grant grant, FirstArtefacts artefacts, CancellationToken ct);

    /// <summary>The code with its grant.</summary>
    Task<AuthorizationCode?> FindCodeAsync(TokenHash hash, CancellationToken ct);

    /// <summary>
    /// Spends the code, and stores what it was exchanged for, in one transaction with one conditional update.
    /// </summary>
    /// <returns>False when the code was spent, expired or burnt, or its grant revoked; nothing is stored then.</returns>
    Task<bool> TryRedeemAsync(AuthorizationCode code, RefreshToken? refreshToken, AccessToken? accessToken, DateTimeOffset now, CancellationToken ct);

    /// <summary>Counts a wrong try against a code.</summary>
    Task CountFailureAsync(AuthorizationCode code, CancellationToken ct);

    /// <summary>Revokes a grant: every token of it is dead when this returns.</summary>
    Task RevokeAsync(Guid grantId, DateTimeOffset now, CancellationToken ct);

    /// <summary>The newest approval that may stand behind a JWT which was issued at <paramref name="issuedAt"/> and names no grant, but its organization.</summary>
    /// <returns>Null when there is none, and the token is worth nothing.</returns>
    Task<Grant?> FindLiveGrantAsync(string subject, string clientId, string? audience, string? organizationId, DateTimeOffset issuedAt, CancellationToken ct);
}
