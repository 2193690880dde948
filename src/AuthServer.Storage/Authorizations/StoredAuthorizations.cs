using System.Text.Json;
using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Model;
using AuthServer.Storage.Sql;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Storage.Authorizations;

internal sealed class StoredAuthorizations(IDatabase database, Tables tables) : IStoredAuthorizations
{
    private static readonly Statement Revoke = new(
        $"""
         UPDATE authorizations SET status = '{Statuses.Revoked}', updated_at = $2, concurrency_token = $3
         WHERE id = $1 AND status = '{Statuses.Valid}'
         """);

    private static readonly Statement Customize = new(
        "UPDATE authorizations SET customization = $2, concurrency_token = $3 WHERE id = $1");

    private readonly Statement findLive = new(
        $"""
         SELECT {tables.Authorizations.Columns("a")}, {tables.Users.Columns("u")}
         FROM authorizations a JOIN users u ON u.user_id = a.user_id
         WHERE a.subject = $1 AND a.client_id = $2
             AND a.type = '{AuthorizationTypes.AdHoc}' AND a.status = '{Statuses.Valid}'
             AND coalesce(a.audience, '') = $3 AND coalesce(a.organization_id, '') = $4 AND a.creation_date < $5
             AND NOT EXISTS (SELECT 1 FROM replay_cache WHERE hash = $6)
         ORDER BY a.creation_date DESC LIMIT 1
         """);

    public Task RevokeAsync(Guid id, DateTimeOffset now, CancellationToken ct) =>
        database.WriteAsync(Revoke, ct, id, now, OpaqueToken.Hex(32));

    public Task CustomizeAsync(Guid id, TokenCustomization? customization, CancellationToken ct) =>
        database.WriteAsync(
            Customize,
            ct,
            id,
            customization is null ? null : JsonSerializer.Serialize(customization),
            OpaqueToken.Hex(32));

    // A JWT's iat has whole seconds: the authorization may be up to one second younger than it says.
    public Task<Authorization?> FindLiveAsync(LiveAuthorizationQuery query, CancellationToken ct) => database.ReadAsync(
        findLive,
        row => tables.ReadWithUser(row),
        ct,
        query.Subject,
        query.ClientId,
        query.Audience ?? "",
        query.OrganizationId ?? "",
        query.IssuedAt.AddSeconds(1),
        query.Token.Bytes);
}
