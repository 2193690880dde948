using System.Net;
using System.Text.Json.Nodes;
using AuthServer.Core.Users;
using AuthServer.Protocol.Hosting;
using AuthServer.Storage;
using AuthServer.Storage.Users;
using AuthServer.Web.Management.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Blocks;

/// <summary>
/// Lists and lifts the blocks of accounts and addresses that wrong passwords caused. The counters are in the store:
/// what one node lifts is lifted on all.
/// </summary>
internal sealed class BlockService(
    AuthDbContext db, TenantWrites writes, PrivilegeEscalationGuard guard, TimeProvider time)
{
    /// <summary>How many blocks of accounts, and how many of addresses, a list has.</summary>
    public const int MaxListed = 200;

    private const int MaxUsersOfIdentifier = 100;

    private IQueryable<LoginCounter> Blocked =>
        db.LoginCounters.AsNoTracking().Where(LoginCounter.IsBlockedAt(time.GetUtcNow()));

    public async Task<JsonObject> OfUserAsync(string userId, CancellationToken ct)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.UserId == userId, ct)
            ?? throw UserService.Missing;
        var blocked = await Blocked.Where(c => c.Account == userId).OrderBy(c => c.Address).ToListAsync(ct);
        return List(blocked.Select(counter => Write(counter, user.Email ?? user.Username, user.Connection)));
    }

    /// <summary>Of the users with an email address or user name, and of the name itself when no user has it.</summary>
    public async Task<JsonObject> OfIdentifierAsync(string identifier, CancellationToken ct)
    {
        var accounts = await AccountsOfAsync(identifier, ct);
        var names = accounts.Keys.ToList();
        var blocked = await Blocked.Where(c => names.Contains(c.Account!)).OrderBy(c => c.Address).ToListAsync(ct);
        return List(blocked.Select(counter => Write(counter, identifier, accounts[counter.Account!])));
    }

    /// <summary>The blocked users, the latest first. Names that no user has are not among them.</summary>
    public async Task<IReadOnlyList<BlockedAccount>> AccountsAsync(CancellationToken ct)
    {
        var found = await Blocked
            .Join(
                db.Users,
                counter => counter.Account,
                user => user.UserId,
                (counter, user) => new { Counter = counter, Name = user.Email ?? user.Username ?? user.UserId })
            .OrderByDescending(block => block.Counter.BlockedUntil).ThenBy(block => block.Counter.Account)
            .Take(MaxListed)
            .ToListAsync(ct);
        var byAccount = found.GroupBy(block => block.Counter.Account!, StringComparer.Ordinal);
        return
        [
            .. byAccount.Select(blocks => new BlockedAccount(
                blocks.Key,
                blocks.First().Name,
                [.. blocks.Select(block => block.Counter.Address).OfType<string>().Distinct(StringComparer.Ordinal)],
                blocks.Any(block => block.Counter.Address is null),
                blocks.Max(block => block.Counter.BlockedUntil!.Value))),
        ];
    }

    /// <summary>The blocked addresses, the latest first.</summary>
    public async Task<IReadOnlyList<BlockedAddress>> AddressesAsync(CancellationToken ct)
    {
        var found = await Blocked.Where(c => c.Account == null && c.Address != null)
            .OrderByDescending(c => c.BlockedUntil).ThenBy(c => c.Address)
            .Take(MaxListed)
            .ToListAsync(ct);
        return [.. found.Select(c => new BlockedAddress(c.Address!, c.Count, c.BlockedUntil!.Value))];
    }

    public async Task LiftOfUserAsync(string userId, ManagementPrincipal caller, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        await db.EnsureUserAsync(userId, ct);
        await guard.EnsureUserNotBeyondAsync(caller, userId, ct);
        await db.LoginCounters.Where(c => c.Account == userId).ExecuteDeleteAsync(ct);
        await write.SaveAsync(ct);
    }

    /// <summary>Nothing happens when nothing is blocked.</summary>
    public async Task LiftOfIdentifierAsync(string identifier, ManagementPrincipal caller, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        var names = (await AccountsOfAsync(identifier, ct)).Keys.ToList();
        await guard.EnsureUsersNotBeyondAsync(caller, db.Users.Where(u => names.Contains(u.UserId)), ct);
        await db.LoginCounters.Where(c => names.Contains(c.Account!)).ExecuteDeleteAsync(ct);
        await write.SaveAsync(ct);
    }

    /// <exception cref="ManagementException">
    /// The address is not blocked: too few wrong passwords came from it, for whatever accounts.
    /// </exception>
    public async Task EnsureBlockedAsync(IPAddress address, CancellationToken ct)
    {
        var hash = LoginRules.Address(ClientAddress.Of(address)).Hash;
        if (!await Blocked.AnyAsync(c => c.Hash == hash, ct))
            throw ManagementError.NotFound("The IP address is not blocked.", "ip_not_blocked").AsException();
    }

    /// <summary>Nothing happens when the address is not blocked.</summary>
    public Task LiftAsync(IPAddress address, CancellationToken ct) => LiftAsync(ClientAddress.Of(address), ct);

    /// <param name="address">Under the name by which attempts are counted.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task LiftAsync(string address, CancellationToken ct)
    {
        var hash = LoginRules.Address(address).Hash;
        await using var write = await writes.BeginAsync(ct);
        await db.LoginCounters.Where(c => c.Hash == hash).ExecuteDeleteAsync(ct);
        await write.SaveAsync(ct);
    }

    /// <summary>The accounts that attempts with a name are counted for, and the user database of each.</summary>
    private async Task<Dictionary<string, string?>> AccountsOfAsync(string identifier, CancellationToken ct)
    {
        var normalized = LoginIdentifier.Normalize(identifier);
        var users = await db.PasswordCredentials.AsNoTracking()
            .Where(c => c.NormalizedEmail == normalized || c.NormalizedUsername == normalized)
            .Select(c => new { c.UserId, c.Connection }).Take(MaxUsersOfIdentifier).ToListAsync(ct);
        var accounts = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [LoginRules.UnknownAccount(normalized)] = null,
        };
        foreach (var user in users)
            accounts[user.UserId] = user.Connection;
        return accounts;
    }

    private static JsonObject List(IEnumerable<JsonObject> blocks) =>
        new() { ["blocked_for"] = new JsonArray([.. blocks]) };

    /// <param name="counter">Without an address it blocks every one that the user never signed in from.</param>
    /// <param name="identifier">The user's name.</param>
    /// <param name="connection">The user database; null for a name that no user has.</param>
    private static JsonObject Write(LoginCounter counter, string? identifier, string? connection)
    {
        var json = new JsonObject { ["identifier"] = identifier };
        if (counter.Address is { } address)
            json["ip"] = address;
        if (connection is not null)
            json["connection"] = connection;
        return json;
    }
}
