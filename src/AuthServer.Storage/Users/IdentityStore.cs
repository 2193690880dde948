using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Storage.Sessions;
using AuthServer.Storage.Sql;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Users;

internal sealed class IdentityStore(
    Lazy<AuthDbContext> context,
    WriteSerializer writes,
    Lazy<SessionTerminator> ended,
    IDatabase database,
    Tables tables) : IIdentityStore
{
    private AuthDbContext Db => context.Value;

    public async Task<User> SignInAsync(
        UserIdentity identity, User candidate, ProviderLogin login, CancellationToken ct)
    {
        await using (var write = await BeginAsync(identity, ct))
        {
            if (await KnownAsync(identity, login, ct) is { } known)
            {
                await write.CommitAsync(ct);
                return known;
            }

            Note(candidate, login);
            Db.Add(candidate);
            try
            {
                await Db.SaveChangesAsync(ct);
                await write.CommitAsync(ct);
                return Detached(candidate);
            }
            catch (DbUpdateException failure) when (Db.IsUniqueViolation(failure))
            {
                // Another node made them between the look and the insert: the unique index decides.
                Db.ChangeTracker.Clear();
            }
        }

        await using var second = await BeginAsync(identity, ct);
        var theirs =
            await KnownAsync(identity, login, ct)
            ?? throw new InvalidOperationException("An identity has neither its own user nor space for one.");
        await second.CommitAsync(ct);
        return theirs;
    }

    public Task<IReadOnlyList<UserIdentity>> OfAsync(string userId, CancellationToken ct) => database.ListAsync(
        tables.UserIdentities.Where("user_id = $1"), row => tables.UserIdentities.Read(row), ct, userId);

    public async Task<IdentityMove> AddAsync(string userId, UserIdentity identity, CancellationToken ct)
    {
        await using var write = await BeginAsync(identity, ct);
        if (await OwnerOfAsync(identity, ct) is { } owner)
            return owner == userId ? IdentityMove.AlreadyTheirs : IdentityMove.OfAnotherUser;
        if (!await Db.Users.AnyAsync(u => u.UserId == userId, ct))
            return IdentityMove.Missing;

        identity.UserId = userId;
        Db.Add(identity);
        await TakenUserIds.AddAsync(Db, identity.OwnUserId, ct);
        await Db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return IdentityMove.Done;
    }

    public async Task<IdentityMove> MergeAsync(
        string userId,
        string goingId,
        string profileData,
        Func<Task> check,
        DateTimeOffset now,
        CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(Db, ct);
        await check();
        await Db.LockUsersAsync([userId, goingId], ct);
        if (userId == goingId)
            return IdentityMove.AlreadyTheirs;
        if (await Db.Users.CountAsync(u => u.UserId == userId || u.UserId == goingId, ct) != 2)
            return IdentityMove.Missing;

        await ended.Value.EndAsync(Db.Sessions.Where(s => s.UserId == goingId), now, ct);
        foreach (var identity in await Db.UserIdentities.Where(i => i.UserId == goingId).ToListAsync(ct))
        {
            if (identity.IsFirst)
                identity.ProfileData = profileData;
            identity.UserId = userId;
        }

        await TakenUserIds.AddAsync(Db, goingId, ct);
        await Db.SaveChangesAsync(ct);
        await Db
            .PasswordCredentials.Where(c => c.UserId == goingId)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.UserId, userId), ct);
        await Db.Users.Where(u => u.UserId == goingId).ExecuteDeleteAsync(ct);
        await write.CommitAsync(ct);
        return IdentityMove.Done;
    }

    public async Task<IdentityMove> SplitAsync(
        string userId,
        string provider,
        string providerUserId,
        Func<UserIdentity, User> own,
        Func<Task>? check,
        DateTimeOffset now,
        CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(Db, ct);
        if (check is not null)
            await check();
        await Db.LockUsersAsync([userId], ct);
        var identity = await Db
            .UserIdentities.AsNoTracking()
            .FirstOrDefaultAsync(
                i => i.UserId == userId && i.Provider == provider && i.ProviderUserId == providerUserId, ct);
        if (identity is null)
            return IdentityMove.Missing;
        if (identity.IsFirst)
            return IdentityMove.First;

        var user = own(identity);
        await ended.Value.RevokeAsync(
            Db.Sessions.Where(s => s.UserId == userId && s.Connection == identity.Connection), now, ct);
        await Db
            .UserIdentities.Where(i => i.Connection == identity.Connection && i.ProviderUserId == providerUserId)
            .ExecuteDeleteAsync(ct);
        Db.Add(user);
        await Db.SaveChangesAsync(ct);
        await Db.PasswordCredentials.Where(c => c.UserId == userId && c.Id == user.UserId)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.UserId, user.UserId), ct);
        await write.CommitAsync(ct);
        return IdentityMove.Done;
    }

    /// <summary>One at a time: who comes in is looked up before they are written.</summary>
    private Task<WriteTransaction> BeginAsync(UserIdentity identity, CancellationToken ct) =>
        writes.BeginAsync(Db, $"identity|{identity.OwnUserId}", ct);

    private async Task<User?> KnownAsync(UserIdentity identity, ProviderLogin login, CancellationToken ct)
    {
        var stored = await Db.UserIdentities.SingleOrDefaultAsync(
            i => i.Connection == identity.Connection && i.ProviderUserId == identity.ProviderUserId, ct);
        if (stored is null)
            return null;
        var user = await Db.Users.Include(u => u.Identities).SingleAsync(u => u.UserId == stored.UserId, ct);
        if (!user.Blocked)
        {
            stored.ProfileData = identity.ProfileData;
            if (stored.IsFirst)
                login.Describe?.Invoke(user);
            Note(user, login);
            await Db.SaveChangesAsync(ct);
        }

        return Detached(user);
    }

    private Task<string?> OwnerOfAsync(UserIdentity identity, CancellationToken ct) =>
        Db
            .UserIdentities.Where(i =>
                i.Connection == identity.Connection && i.ProviderUserId == identity.ProviderUserId)
            .Select(i => (string?)i.UserId)
            .SingleOrDefaultAsync(ct);

    private static void Note(User user, ProviderLogin login) =>
        (user.LastLogin, user.LastIp, user.LoginsCount) = (login.At, login.Ip, user.LoginsCount + 1);

    private User Detached(User user)
    {
        Db.ChangeTracker.Clear();
        return user;
    }
}
