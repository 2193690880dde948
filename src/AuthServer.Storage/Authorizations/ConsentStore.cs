using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Model;
using AuthServer.Storage.Sql;
using Microsoft.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Storage.Authorizations;

internal sealed class ConsentStore(
    Lazy<AuthDbContext> context, WriteSerializer writes, IDatabase database, Tables tables) : IConsentStore
{
    private readonly Statement find = tables.Authorizations.Where(
        $"""
         user_id = $1 AND client_id = $2 AND type = '{AuthorizationTypes.Permanent}' AND status = '{Statuses.Valid}'
             AND coalesce(audience, '') = $3
         """);

    private AuthDbContext Db => context.Value;

    public Task<Authorization?> FindAsync(string userId, string clientId, string? audience, CancellationToken ct) =>
        database.ReadAsync(find, row => tables.Authorizations.Read(row), ct, userId, clientId, audience ?? "");

    public async Task AddAsync(NewConsent consent, DateTimeOffset now, CancellationToken ct)
    {
        var (userId, subject, client, audience, scopes) = consent;
        await using var write = await writes.BeginAsync(Db, $"consent|{userId}|{client.ClientId}|{audience}", ct);
        var known = await Db.Consents.SingleOrDefaultAsync(
            c => c.UserId == userId && c.ClientId == client.ClientId && c.Audience == audience, ct);
        if (known is null)
        {
            Db.Add(new Authorization
            {
                Id = Guid.CreateVersion7(now),
                PublicId = OpaqueToken.Hex(24),
                Type = AuthorizationTypes.Permanent,
                ApplicationId = client.Id,
                ClientId = client.ClientId,
                UserId = userId,
                Subject = subject,
                Audience = audience,
                GrantedScopes = scopes,
                AuthenticatedAt = now,
                CreationDate = now.UtcDateTime,
                UpdatedAt = now,
            });
        }
        else
        {
            known.GrantedScopes = known.GrantedScopes.Union(scopes);
            known.UpdatedAt = now;
            known.ConcurrencyToken = OpaqueToken.Hex(32);
        }

        await Db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }
}
