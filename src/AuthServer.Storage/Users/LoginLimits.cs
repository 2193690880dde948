using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using AuthServer.Storage.Sql;

namespace AuthServer.Storage.Users;

internal sealed class LoginLimits(IDatabase database) : ILoginLimits
{
    private const int Blocked = 0;

    /// <summary>
    /// Touches no row while the rule allows no attempt. An end that is further away than it can be was set before the
    /// clock was set back: no account shall be locked until it is there again.
    /// </summary>
    private static readonly Statement Count = new(
        """
        INSERT INTO login_counters (hash, account, address, issuer, count, resets_at) VALUES ($1, $2, $3, $4, 1, $5)
        ON CONFLICT (hash) DO UPDATE SET
            address = excluded.address,
            issuer = excluded.issuer,
            count = CASE WHEN login_counters.resets_at > $6 AND login_counters.resets_at <= $7
                THEN login_counters.count + 1 ELSE 1 END,
            resets_at = CASE WHEN login_counters.resets_at > $6 AND login_counters.resets_at <= $7
                THEN login_counters.resets_at ELSE excluded.resets_at END,
            blocked_until = NULL
        WHERE login_counters.blocked_until IS NULL
            OR login_counters.blocked_until <= $6 OR login_counters.blocked_until > $8
        RETURNING count
        """);

    private static readonly Statement Block = new(
        "UPDATE login_counters SET blocked_until = $2, resets_at = $3, notice_due_at = $4 WHERE hash = $1");

    private static readonly Statement FindBlock = new(
        "SELECT 'blocked' FROM login_counters WHERE hash = $1 AND blocked_until > $2 AND blocked_until <= $3");

    private static readonly Statement DeleteCounter = new("DELETE FROM login_counters WHERE hash = $1");

    private static readonly Statement FindAddress = new(
        "SELECT 'known' FROM known_addresses WHERE user_id = $1 AND address = $2");

    private static readonly Statement RememberAddress = new(
        """
        INSERT INTO known_addresses (user_id, address, last_login_at)
        SELECT user_id, $2, $3 FROM users WHERE user_id = $1
        ON CONFLICT (user_id, address) DO UPDATE SET last_login_at = excluded.last_login_at
        """);

    public async Task<LoginRule?> FindBlockAsync(
        IReadOnlyList<LoginRule> rules, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var rule in rules)
        {
            var found = await database.ReadAsync(
                FindBlock, row => row.GetString(0), ct, rule.Hash, now, now + LoginRule.MaxDelay);
            if (found is not null)
                return rule;
        }

        return null;
    }

    public async Task<LoginRule?> CountFailureAsync(
        IReadOnlyList<LoginRule> rules, Issuer issuer, DateTimeOffset now, CancellationToken ct)
    {
        LoginRule? block = null;
        await database.WriteAsync(
            async statements =>
            {
                foreach (var rule in rules)
                {
                    var count = await CountAsync(statements, rule, issuer, now);
                    if (count == Blocked)
                    {
                        block = rule;
                        return false;
                    }

                    if (count >= rule.Free)
                        await BlockAsync(statements, rule, now, rule.DelayAfter(count));
                }

                return true;
            },
            ct);
        return block;
    }

    public async Task<bool> IsKnownAddressAsync(string account, string ip, CancellationToken ct) =>
        await database.ReadAsync(FindAddress, row => row.GetString(0), ct, account, ip) is not null;

    public Task RecordSuccessAsync(
        IReadOnlyList<LoginRule> rules, string userId, string ip, DateTimeOffset now, CancellationToken ct) =>
        database.WriteAsync(
            async statements =>
            {
                foreach (var rule in rules.Where(rule => rule is { Account: not null, Address: not null }))
                    await statements.ExecuteAsync(DeleteCounter, rule.Hash);
                await statements.ExecuteAsync(RememberAddress, userId, ip, now);
                return true;
            },
            ct);

    private static Task<int> CountAsync(Statements statements, LoginRule rule, Issuer issuer, DateTimeOffset now)
    {
        var latestReset = now + rule.Window + LoginRule.MaxDelay + rule.Window;
        return statements.ReadNumberAsync(
            Count,
            rule.Hash,
            rule.Account,
            rule.Address,
            issuer.Value,
            now + rule.Window,
            now,
            latestReset,
            now + LoginRule.MaxDelay);
    }

    private static Task BlockAsync(Statements statements, LoginRule rule, DateTimeOffset now, TimeSpan delay)
    {
        var until = now + delay;
        return statements.ExecuteAsync(
            Block, rule.Hash, until, until + rule.Window, rule.Account is null ? null : now);
    }
}
