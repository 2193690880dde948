using AuthServer.Core.Model;

namespace AuthServer.Core.Authorizations;

/// <summary>Permanent authorizations.</summary>
public interface IConsentStore
{
    /// <param name="userId">The user.</param>
    /// <param name="clientId">The client.</param>
    /// <param name="audience">Null when the client requested no API.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<Authorization?> FindAsync(string userId, string clientId, string? audience, CancellationToken ct);

    /// <summary>Adds scopes to what the user consented to before.</summary>
    Task AddAsync(NewConsent consent, DateTimeOffset now, CancellationToken ct);
}

/// <summary>A consent that a user gives.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Subject">The <c>sub</c> by which the client knows the user.</param>
/// <param name="Client">The client.</param>
/// <param name="Audience">Null when the client requested no API.</param>
/// <param name="Scopes">Scopes that the user consents to.</param>
public sealed record NewConsent(string UserId, string Subject, Client Client, string? Audience, Scopes Scopes);
