using AuthServer.Core.Model;

namespace AuthServer.Core.Authorizations;

/// <summary>Reads and revokes authorizations of sign-ins.</summary>
public interface IStoredAuthorizations
{
    /// <summary>Revokes an authorization: each of its tokens is invalid when this returns.</summary>
    Task RevokeAsync(Guid id, DateTimeOffset now, CancellationToken ct);

    /// <summary>Keeps what the Actions of a later login changed.</summary>
    Task CustomizeAsync(Guid id, TokenCustomization? customization, CancellationToken ct);

    /// <summary>
    /// The newest ad hoc authorization that a JWT can come from, which does not name its own; with its user.
    /// </summary>
    /// <returns>Null when there is none or the JWT itself was revoked: the token is invalid.</returns>
    Task<Authorization?> FindLiveAsync(LiveAuthorizationQuery query, CancellationToken ct);
}

/// <summary>Claims of a JWT about its authorization.</summary>
/// <param name="Subject">Its <c>sub</c>.</param>
/// <param name="ClientId">Its client.</param>
/// <param name="Audience">Stored form of its API; null for none.</param>
/// <param name="OrganizationId">Its <c>org_id</c>; null for none.</param>
/// <param name="IssuedAt">Its <c>iat</c>.</param>
/// <param name="Token">Hash of the JWT itself.</param>
public sealed record LiveAuthorizationQuery(
    string Subject,
    string ClientId,
    string? Audience,
    string? OrganizationId,
    DateTimeOffset IssuedAt,
    TokenHash Token);
