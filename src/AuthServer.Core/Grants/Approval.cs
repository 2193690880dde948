namespace AuthServer.Core.Grants;

/// <summary>What a user lets an application do at an API, by consent or by signing in with it: a line of the account page.</summary>
/// <param name="ClientId">The application.</param>
/// <param name="ClientName">Its name.</param>
/// <param name="Audience">Stored form; empty when no API was asked for.</param>
/// <param name="ApiName">The API's name; null without one.</param>
/// <param name="Scopes">All that was granted.</param>
/// <param name="Since">When it began.</param>
public sealed record Approval(string ClientId, string ClientName, string Audience, string? ApiName, Scopes Scopes, DateTimeOffset Since);

public interface IApprovalStore
{
    /// <summary>Of one user, the latest first.</summary>
    Task<IReadOnlyList<Approval>> ListAsync(string userId, DateTimeOffset now, CancellationToken ct);

    /// <summary>Forgets the consent and revokes the grants: every token is dead when this returns (ASVS 10.4.9, 10.7.3).</summary>
    Task RevokeAsync(string userId, string clientId, string audience, DateTimeOffset now, CancellationToken ct);
}
