using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Storage.Sql;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Authorizations;

internal sealed class ConsentStore(Lazy<AuthDbContext> context, WriteQueue writes, IDatabase database, Tables tables) : IConsentStore
{
    private AuthDbContext Db => context.Value;

    public Task<Consent?> FindAsync(string userId, string clientId, string audience, CancellationToken ct) => database.ReadAsync(
        tables.Consents.Where("user_id = $1 AND client_id = $2 AND audience = $3"), row => tables.Consents.Read(row), ct, userId, clientId, audience);

    public async Task AgreeAsync(string userId, string clientId, string audience, Scopes scopes, DateTimeOffset now, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(Db, $"consent|{userId}|{clientId}|{audience}", ct);
        var consent = await Db.Consents.SingleOrDefaultAsync(c => c.UserId == userId && c.ClientId == clientId && c.Audience == audience, ct);
        if (consent is null)
        {
            Db.Add(new Consent
            {
                Id = OpaqueToken.Hex(24),
                UserId = userId,
                ClientId = clientId,
                Audience = audience,
                Scopes = scopes,
                CreatedAt = now,
                UpdatedAt = now,
            });
        }
        else
        {
            consent.Scopes = consent.Scopes.Union(scopes);
            consent.UpdatedAt = now;
        }

        await Db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }
}
