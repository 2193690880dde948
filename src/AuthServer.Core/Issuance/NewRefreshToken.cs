using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Core.Issuance;

/// <summary>A refresh token about to be stored, with the value that only its client will know.</summary>
public sealed record NewRefreshToken(Token Token, Secret Value)
{
    /// <param name="authorization">What it hangs on.</param>
    /// <param name="policy">Of its client.</param>
    /// <param name="boundTo">The thumbprint of the key that it is bound to, a public client's; null for none.</param>
    /// <param name="now">The moment.</param>
    public static NewRefreshToken For(
        Authorization authorization, RefreshTokenPolicy policy, string? boundTo, DateTimeOffset now)
    {
        var value = OpaqueToken.Create();
        return new NewRefreshToken(
            new Token
            {
                Id = Guid.CreateVersion7(now),
                Type = TokenTypeIdentifiers.RefreshToken,
                ReferenceId = value.Hash().ReferenceId,
                ApplicationId = authorization.ApplicationId,
                AuthorizationId = authorization.Id,
                Subject = authorization.Subject,
                KeyThumbprint = boundTo,
                CreationDate = now.UtcDateTime,
                ExpirationDate = policy.IdleExpiry(now, authorization.ExpiresAt).UtcDateTime,
            },
            value);
    }
}
