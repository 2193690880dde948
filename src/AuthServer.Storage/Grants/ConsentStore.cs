using AuthServer.Core;
using AuthServer.Core.Grants;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Grants;

internal sealed class ConsentStore(AuthDbContext db, WriteQueue writes) : IConsentStore
{
    public Task<Consent?> FindAsync(string userId, string clientId, string audience, CancellationToken ct) =>
        db.Consents.AsNoTracking().SingleOrDefaultAsync(c => c.UserId == userId && c.ClientId == clientId && c.Audience == audience, ct);

    public async Task AgreeAsync(string userId, string clientId, string audience, Scopes scopes, DateTimeOffset now, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, $"consent|{userId}|{clientId}|{audience}", ct);
        var consent = await db.Consents.SingleOrDefaultAsync(c => c.UserId == userId && c.ClientId == clientId && c.Audience == audience, ct);
        if (consent is null)
        {
            db.Add(new Consent
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

        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }
}
