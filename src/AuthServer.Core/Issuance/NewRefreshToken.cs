using AuthServer.Core.Clients;
using AuthServer.Core.Grants;

namespace AuthServer.Core.Issuance;

/// <summary>A refresh token about to be stored, with the value that only its client will know.</summary>
public sealed record NewRefreshToken(RefreshToken Token, Secret Value)
{
    /// <param name="grant">What it hangs on.</param>
    /// <param name="policy">Of its client.</param>
    /// <param name="boundTo">The thumbprint of the key that it is bound to, a public client's; null for none.</param>
    /// <param name="now">The moment.</param>
    public static NewRefreshToken For(Grant grant, RefreshTokenPolicy policy, string? boundTo, DateTimeOffset now)
    {
        var value = OpaqueToken.Create();
        return new NewRefreshToken(
            new RefreshToken
            {
                Id = Guid.CreateVersion7(now),
                Hash = value.Hash().Bytes,
                GrantId = grant.Id,
                BoundTo = boundTo,
                IssuedAt = now,
                ExpiresAt = policy.IdleExpiry(now, grant.ExpiresAt),
            },
            value);
    }
}
