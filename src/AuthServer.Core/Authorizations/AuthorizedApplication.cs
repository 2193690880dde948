namespace AuthServer.Core.Authorizations;

/// <summary>
/// Access of an application to an API on a user's behalf, by consent or by signing in: a line of the account page.
/// </summary>
/// <param name="ClientId">The application.</param>
/// <param name="ClientName">Its name.</param>
/// <param name="Audience">Stored form; empty when no API was requested.</param>
/// <param name="ApiName">The API's name; null without one.</param>
/// <param name="Scopes">All granted scopes.</param>
/// <param name="Since">When it began.</param>
public sealed record AuthorizedApplication(
    string ClientId, string ClientName, string Audience, string? ApiName, Scopes Scopes, DateTimeOffset Since);

/// <summary>The applications that users authorized.</summary>
public interface IAuthorizedApplicationStore
{
    /// <summary>Those of one user, the latest first.</summary>
    Task<IReadOnlyList<AuthorizedApplication>> ListAsync(string userId, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Deletes the consent and revokes the authorizations: every token is invalid when this returns (ASVS 10.4.9,
    /// 10.7.3).
    /// </summary>
    /// <returns>False when the application had no access.</returns>
    Task<bool> TryRevokeAsync(
        string userId, string clientId, string audience, DateTimeOffset now, CancellationToken ct);
}
