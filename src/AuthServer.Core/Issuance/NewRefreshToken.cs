using AuthServer.Core.Clients;
using AuthServer.Core.Grants;

namespace AuthServer.Core.Issuance;

/// <summary>A refresh token about to be stored, with the value that only its client will know.</summary>
public sealed record NewRefreshToken(RefreshToken Token, Secret Value)
{
    public static NewRefreshToken For(Grant grant, RefreshTokenPolicy policy, DateTimeOffset now)
    {
        var value = OpaqueToken.Create();
        return new NewRefreshToken(
            new RefreshToken
            {
                Id = Guid.CreateVersion7(now),
                Hash = value.Hash().Bytes,
                GrantId = grant.Id,
                IssuedAt = now,
                ExpiresAt = policy.IdleExpiry(now, grant.ExpiresAt),
            },
            value);
    }
}
