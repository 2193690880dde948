using AuthServer.Core.Authorizations;
using Microsoft.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Storage.Authorizations;

internal sealed class AuthorizedApplicationStore(AuthDbContext db, WriteSerializer writes) : IAuthorizedApplicationStore
{
    private const int MaxAuthorizations = 1_000;

    public async Task<IReadOnlyList<AuthorizedApplication>> ListAsync(
        string userId, DateTimeOffset now, CancellationToken ct)
    {
        var authorizations = await db.Authorizations.AsNoTracking()
            .Where(a => a.UserId == userId && a.Status == Statuses.Valid && a.ExpiresAt > now)
            .OrderBy(a => a.Type == AuthorizationTypes.Permanent ? 0 : 1).ThenByDescending(a => a.CreationDate)
            .Take(MaxAuthorizations)
            .ToListAsync(ct);
        var lines = authorizations.ToLookup(a => (a.ClientId, Audience: a.Audience ?? ""));

        var clientIds = lines.Select(line => line.Key.ClientId).Distinct(StringComparer.Ordinal).ToList();
        var audiences = lines.Select(line => line.Key.Audience).Distinct(StringComparer.Ordinal).ToList();
        var clients = await db.Clients.AsNoTracking().Where(c => clientIds.Contains(c.ClientId))
            .ToDictionaryAsync(c => c.ClientId, c => c.Name, StringComparer.Ordinal, ct);
        var apis = await db.ResourceServers.AsNoTracking().Where(a => audiences.Contains(a.Name!))
            .ToDictionaryAsync(a => a.Identifier, a => a.DisplayName, StringComparer.Ordinal, ct);
        return [.. lines
            .Where(line => clients.ContainsKey(line.Key.ClientId))
            .Select(line => new AuthorizedApplication(
                line.Key.ClientId,
                clients[line.Key.ClientId],
                line.Key.Audience,
                apis.GetValueOrDefault(line.Key.Audience),
                Core.Scopes.Of(line.SelectMany(one => one.GrantedScopes)),
                line.Min(one => one.CreatedAt)))
            .OrderByDescending(application => application.Since)
            .ThenBy(application => application.ClientName, StringComparer.Ordinal)];
    }

    public async Task<bool> TryRevokeAsync(
        string userId, string clientId, string audience, DateTimeOffset now, CancellationToken ct)
    {
        var named = audience.Length == 0 ? null : audience;
        await using var write = await writes.BeginAsync(db, ct);
        var authorizations = db.Authorizations.Where(
            a => a.UserId == userId && a.ClientId == clientId && a.Audience == named);
        var consents = await authorizations.Where(a => a.Type == AuthorizationTypes.Permanent).ExecuteDeleteAsync(ct);
        var revoked = await authorizations.RevokeAsync(now, ct);
        await write.CommitAsync(ct);
        return consents + revoked > 0;
    }
}
