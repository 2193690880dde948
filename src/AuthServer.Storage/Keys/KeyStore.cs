using AuthServer.Core;
using AuthServer.Core.Jose;
using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Keys;

internal sealed class KeyStore(AuthDbContext db, WriteSerializer writes, ISecretBox box) : IKeyStore
{
    public async Task<IReadOnlyList<SigningKey>> ListAsync(CancellationToken ct) =>
        await db.SigningKeys.AsNoTracking().OrderByDescending(k => k.CreatedAt).ToListAsync(ct);

    public async Task EnsureAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, "signing-keys", ct);
        foreach (var algorithm in Algorithms.Signing)
        {
            foreach (var state in (SigningKeyState[])[SigningKeyState.Current, SigningKeyState.Next])
            {
                if (!await db.SigningKeys.AnyAsync(k => k.Algorithm == algorithm && k.State == state, ct))
                    db.Add(SigningKeyFactory.Create(algorithm, state, box, now));
            }
        }

        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }

    public async Task<SigningKey> RotateAsync(DateTimeOffset now, CancellationToken ct)
    {
        SigningKey[] following =
        [
            .. Algorithms.Signing.Select(algorithm =>
                SigningKeyFactory.Create(algorithm, SigningKeyState.Next, box, now)),
        ];
        await using var write = await writes.BeginAsync(db, "signing-keys", ct);
        var promoted = new List<SigningKey>();
        foreach (var next in following)
            promoted.Add(await PromoteAsync(next, SigningKeyState.Previous, now, ct));
        await write.CommitAsync(ct);
        return promoted[0];
    }

    public async Task<SigningKey?> RevokeAsync(string kid, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.SigningKeys.Where(k => k.Kid == kid).Select(k => k.Algorithm).SingleOrDefaultAsync(ct)
            is not { } algorithm)
            return null;
        var next = SigningKeyFactory.Create(algorithm, SigningKeyState.Next, box, now);
        await using var write = await writes.BeginAsync(db, "signing-keys", ct);
        var revoked = await db.SigningKeys.SingleAsync(k => k.Kid == kid, ct);
        switch (revoked.State)
        {
            case SigningKeyState.Current:
                await PromoteAsync(next, SigningKeyState.Revoked, now, ct);
                break;
            case SigningKeyState.Next:
                await MarkAsync(kid, SigningKeyState.Revoked, now, ct);
                db.Add(next);
                await db.SaveChangesAsync(ct);
                break;
            case SigningKeyState.Previous:
                await MarkAsync(kid, SigningKeyState.Revoked, now, ct);
                break;
            default:
                return revoked;
        }

        await write.CommitAsync(ct);
        db.ChangeTracker.Clear();
        return await db.SigningKeys.AsNoTracking().SingleAsync(k => k.Kid == kid, ct);
    }

    /// <summary>The order matters: the index allows one current and one next of an algorithm at every moment.</summary>
    private async Task<SigningKey> PromoteAsync(
        SigningKey next, SigningKeyState retired, DateTimeOffset now, CancellationToken ct)
    {
        var current = await db
            .SigningKeys.AsNoTracking()
            .SingleAsync(k => k.Algorithm == next.Algorithm && k.State == SigningKeyState.Current, ct);
        var promoted = await db
            .SigningKeys.AsNoTracking()
            .SingleAsync(k => k.Algorithm == next.Algorithm && k.State == SigningKeyState.Next, ct);
        await MarkAsync(current.Kid, retired, now, ct);
        await MarkAsync(promoted.Kid, SigningKeyState.Current, now, ct);
        db.Add(next);
        await db.SaveChangesAsync(ct);
        promoted.State = SigningKeyState.Current;
        promoted.CurrentSince = now;
        return promoted;
    }

    private Task MarkAsync(string kid, SigningKeyState state, DateTimeOffset now, CancellationToken ct)
    {
        var keys = db.SigningKeys.Where(k => k.Kid == kid);
        return state switch
        {
            SigningKeyState.Current => keys.ExecuteUpdateAsync(
                set => set.SetProperty(k => k.State, state).SetProperty(k => k.CurrentSince, now), ct),
            SigningKeyState.Previous => keys.ExecuteUpdateAsync(
                set => set.SetProperty(k => k.State, state).SetProperty(k => k.CurrentUntil, now), ct),
            _ => keys.ExecuteUpdateAsync(
                set => set.SetProperty(k => k.State, state).SetProperty(k => k.RevokedAt, now), ct),
        };
    }
}
