using AuthServer.Core;
using AuthServer.Core.Authorizations;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Authorizations;

internal sealed class AuthorizedApplicationStore(AuthDbContext db, WriteQueue writes) : IAuthorizedApplicationStore
{
    private const int Most = 1_000;

    public async Task<IReadOnlyList<AuthorizedApplication>> ListAsync(string userId, DateTimeOffset now, CancellationToken ct)
    {
        var consents = await db.Consents.AsNoTracking().Where(c => c.UserId == userId).OrderByDescending(c => c.CreatedAt).Take(Most)
            .Select(c => new Line(c.ClientId, c.Audience, c.Scopes, c.CreatedAt)).ToListAsync(ct);
        var grants = await db.Grants.AsNoTracking().Where(g => g.UserId == userId && g.RevokedAt == null && g.ExpiresAt > now).OrderByDescending(g => g.CreatedAt).Take(Most)
            .Select(g => new Line(g.ClientId, g.Audience ?? "", g.Scopes, g.CreatedAt)).ToListAsync(ct);
        var lines = consents.Concat(grants).ToLookup(line => (line.ClientId, line.Audience));

        var clientIds = lines.Select(line => line.Key.ClientId).Distinct(StringComparer.Ordinal).ToList();
        var audiences = lines.Select(line => line.Key.Audience).Distinct(StringComparer.Ordinal).ToList();
        var clients = await db.Clients.Where(c => clientIds.Contains(c.ClientId)).ToDictionaryAsync(c => c.ClientId, c => c.Name, StringComparer.Ordinal, ct);
        var apis = await db.ResourceServers.Where(a => audiences.Contains(a.Identifier)).ToDictionaryAsync(a => a.Identifier, a => a.Name, StringComparer.Ordinal, ct);
        return [.. lines
            .Where(line => clients.ContainsKey(line.Key.ClientId))
            .Select(line => new AuthorizedApplication(
                line.Key.ClientId,
                clients[line.Key.ClientId],
                line.Key.Audience,
                apis.GetValueOrDefault(line.Key.Audience),
                Scopes.Of(line.SelectMany(one => one.Scopes)),
                line.Min(one => one.Since)))
            .OrderByDescending(approval => approval.Since).ThenBy(approval => approval.ClientName, StringComparer.Ordinal)];
    }

    public async Task RevokeAsync(string userId, string clientId, string audience, DateTimeOffset now, CancellationToken ct)
    {
        var named = audience.Length == 0 ? null : audience;
        await using var write = await writes.BeginAsync(db, ct);
        await db.Consents.Where(c => c.UserId == userId && c.ClientId == clientId && c.Audience == audience).ExecuteDeleteAsync(ct);
        await db.Grants.Where(g => g.UserId == userId && g.ClientId == clientId && g.Audience == named && g.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.RevokedAt, now), ct);
        await write.CommitAsync(ct);
    }

    private sealed record Line(string ClientId, string Audience, Scopes Scopes, DateTimeOffset Since);
}
