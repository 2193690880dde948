using AuthServer.Core;
using AuthServer.Core.Grants;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Grants;

internal sealed class GrantStore(AuthDbContext db, WriteQueue writes) : IGrantStore
{
    public async Task<bool> TryAddAsync(Grant grant, FirstArtefacts artefacts, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        if (artefacts.Answers is { } pushed && await db.PushedRequests.Where(p => p.Hash == pushed.Hash).ExecuteDeleteAsync(ct) == 0)
            return false;
        db.Add(grant);
        foreach (var artefact in (object?[])[artefacts.Code, artefacts.RefreshToken, artefacts.AccessToken])
        {
            if (artefact is not null)
                db.Add(artefact);
        }

        await db.SaveChangesAsync(ct);
        await db.Clients.Where(c => c.ClientId == grant.ClientId && c.IsSelfRegistered && c.FirstGrantAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.FirstGrantAt, grant.CreatedAt), ct);
        await RememberClientAsync(grant, ct);
        await write.CommitAsync(ct);
        return true;
    }

    public Task<AuthorizationCode?> FindCodeAsync(TokenHash hash, CancellationToken ct) =>
        db.AuthorizationCodes.AsNoTracking().Include(c => c.Grant).SingleOrDefaultAsync(c => c.Hash == hash.Bytes, ct);

    public async Task<bool> TryRedeemAsync(AuthorizationCode code, RefreshToken? refreshToken, AccessToken? accessToken, DateTimeOffset now, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        var redeemed = await db.AuthorizationCodes
            .Where(c => c.Hash == code.Hash && c.RedeemedAt == null && c.ExpiresAt > now)
            .Where(c => c.Failures < AuthorizationCode.MostFailures && c.Grant.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.RedeemedAt, now), ct);
        if (redeemed == 0)
            return false;

        if (refreshToken is not null)
            db.Add(refreshToken);
        if (accessToken is not null)
            db.Add(accessToken);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return true;
    }

    public Task CountFailureAsync(AuthorizationCode code, CancellationToken ct) =>
        db.AuthorizationCodes.Where(c => c.Hash == code.Hash)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Failures, c => c.Failures + 1), ct);

    public Task RevokeAsync(Guid grantId, DateTimeOffset now, CancellationToken ct) =>
        db.Grants.Where(g => g.Id == grantId && g.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.RevokedAt, now), ct);

    public Task<Grant?> FindLiveGrantAsync(string subject, string clientId, string? audience, string? organizationId, DateTimeOffset issuedAt, CancellationToken ct)
    {
        // A JWT's iat has whole seconds: the grant may be up to one second younger than it says.
        var latest = issuedAt.AddSeconds(1);
        return db.Grants.AsNoTracking()
            .Where(g => g.PairwiseSubject == subject || (g.PairwiseSubject == null && g.UserId == subject))
            .Where(g => g.ClientId == clientId && g.Audience == audience && g.OrganizationId == organizationId && g.RevokedAt == null && g.CreatedAt < latest)
            .OrderByDescending(g => g.CreatedAt)
            .FirstOrDefaultAsync(ct);
    }

    /// <summary>The session has to tell this client of its end; one that has ended meanwhile has nothing to tell any more.</summary>
    private Task RememberClientAsync(Grant grant, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO session_clients (session_id, client_id, sid)
        SELECT id, {grant.ClientId}, id FROM sessions WHERE id = {grant.SessionId}
        ON CONFLICT DO NOTHING
        """,
        ct);
}
