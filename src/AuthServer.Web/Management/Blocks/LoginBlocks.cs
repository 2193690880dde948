using System.Net;
using AuthServer.Core.Users;
using AuthServer.Protocol.Hosting;
using AuthServer.Storage;
using AuthServer.Storage.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Blocks;

/// <summary>A user who can't sign in now, because wrong passwords were entered for the account.</summary>
/// <param name="Identifier">The user's name.</param>
/// <param name="Address">From where; null for every address that the user never signed in from.</param>
/// <param name="Connection">The user database.</param>
public sealed record LoginBlock(string? Identifier, string? Address, string? Connection);

/// <summary>
/// Lists and lifts the blocks that wrong passwords caused. The counters are in the store: what one node lifts is lifted
/// on all.
/// </summary>
public sealed class LoginBlocks(AuthDbContext db, WriteSerializer writes, TimeProvider time)
{
    /// <returns>Null when there is no such user.</returns>
    public async Task<IReadOnlyList<LoginBlock>?> OfUserAsync(string userId, CancellationToken ct)
    {
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.UserId == userId, ct) is not { } user)
            return null;
        return await Blocked.Where(c => c.Account == userId).OrderBy(c => c.Address)
            .Select(c => new LoginBlock(user.Email ?? user.Username, c.Address, user.Connection))
            .ToListAsync(ct);
    }

    /// <summary>Of the users with an e-mail address or user name, and of the name itself when no user has it.</summary>
    public async Task<IReadOnlyList<LoginBlock>> OfIdentifierAsync(string identifier, CancellationToken ct)
    {
        var accounts = await AccountsOfAsync(identifier, ct);
        var names = accounts.Keys.ToList();
        var blocked = await Blocked.Where(c => names.Contains(c.Account!)).OrderBy(c => c.Address).ToListAsync(ct);
        return [.. blocked.Select(c => new LoginBlock(identifier, c.Address, accounts[c.Account!]))];
    }

    /// <returns>False when there is no such user.</returns>
    public async Task<bool> LiftOfUserAsync(string userId, CancellationToken ct)
    {
        if (!await db.Users.AnyAsync(u => u.UserId == userId, ct))
            return false;
        await LiftAsync(db.LoginCounters.Where(c => c.Account == userId), ct);
        return true;
    }

    /// <summary>Nothing happens when nothing is blocked.</summary>
    public async Task LiftOfIdentifierAsync(string identifier, CancellationToken ct)
    {
        var names = (await AccountsOfAsync(identifier, ct)).Keys.ToList();
        await LiftAsync(db.LoginCounters.Where(c => names.Contains(c.Account!)), ct);
    }

    /// <summary>Whether too many wrong passwords came from an address, for whatever accounts.</summary>
    public Task<bool> IsBlockedAsync(IPAddress address, CancellationToken ct)
    {
        var hash = LoginRules.Address(ClientAddress.Of(address)).Hash;
        return Blocked.AnyAsync(c => c.Hash == hash, ct);
    }

    /// <summary>Nothing happens when the address is not blocked.</summary>
    public Task LiftAsync(IPAddress address, CancellationToken ct)
    {
        var hash = LoginRules.Address(ClientAddress.Of(address)).Hash;
        return LiftAsync(db.LoginCounters.Where(c => c.Hash == hash), ct);
    }

    private IQueryable<LoginCounter> Blocked =>
        db.LoginCounters.AsNoTracking().Where(LoginCounter.IsBlockedAt(time.GetUtcNow()));

    /// <summary>The accounts that attempts with a name are counted for, and the user database of each.</summary>
    private async Task<Dictionary<string, string?>> AccountsOfAsync(string identifier, CancellationToken ct)
    {
        var normalized = LoginIdentifier.Normalize(identifier);
        var users = await db.PasswordCredentials.AsNoTracking()
            .Where(c => c.NormalizedEmail == normalized || c.NormalizedUsername == normalized)
            .Select(c => new { c.UserId, c.Connection }).Take(100).ToListAsync(ct);
        var accounts = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [LoginRules.UnknownAccount(normalized)] = null,
        };
        foreach (var user in users)
            accounts[user.UserId] = user.Connection;
        return accounts;
    }

    private async Task LiftAsync(IQueryable<LoginCounter> counters, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        await counters.ExecuteDeleteAsync(ct);
        await write.CommitAsync(ct);
    }
}
