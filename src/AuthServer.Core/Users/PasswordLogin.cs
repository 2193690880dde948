using AuthServer.Core.Logs;

namespace AuthServer.Core.Users;

/// <summary>
/// Signs a person in by e-mail address or user name and password, within the budgets of docs/security.md.
/// </summary>
public sealed class PasswordLogin(IUserStore users, IAttemptCounters counters, IPasswordHashing passwords, IEventLog events)
{
    /// <summary>Longer than any password that can be set: refused before it costs anything.</summary>
    public const int MostPasswordBytes = 1024;

    /// <returns>The user; null for every reason to refuse, which only the log tells apart.</returns>
    public async Task<User?> TryAsync(PasswordAttempt attempt, DateTimeOffset now, CancellationToken ct)
    {
        var (_, connection, identifier, password, ip) = attempt;
        if (identifier.Length is 0 or > LoginIdentifier.Longest || password.Length == 0 || System.Text.Encoding.UTF8.GetByteCount(password) > MostPasswordBytes)
            return await RefuseAsync(LogEventTypes.FailedLogin, attempt, null);

        var normalized = LoginIdentifier.Normalize(identifier);
        var credential = await users.FindCredentialAsync(connection.Name, normalized, ct);

        // One count for all names of a person; unknown names are counted alike, so that nothing tells them apart (CVE-2025-24806).
        var budgets = Budgets(credential?.UserId ?? $"{connection.Name}|{normalized}", ip);
        if (!await counters.TryTakeAsync(budgets, now, ct))
            return await RefuseAsync(await counters.IsUsedUpAsync(budgets[^1], now, ct) ? LogEventTypes.BlockedAddress : LogEventTypes.BlockedAccount, attempt, credential);

        var verdict = await passwords.VerifyAsync(credential?.PasswordHash, password, ct);
        if (credential is null || verdict == PasswordVerdict.Wrong)
            return await RefuseAsync(credential is null ? LogEventTypes.UnknownUser : LogEventTypes.WrongPassword, attempt, credential);
        if (await users.FindAsync(credential.UserId, ct) is not { Blocked: false } user)
            return await RefuseAsync(LogEventTypes.FailedLogin, attempt, credential, "user is blocked");

        await counters.GiveBackAsync(budgets, ct);
        await counters.ResetAsync(budgets[0].Key, ct);
        var newer = verdict == PasswordVerdict.RightButOutdated ? new NewerHash(credential.Id, await passwords.HashAsync(password, ct)) : null;
        await users.RecordLoginAsync(user.UserId, now, ip, newer, ct);
        user.LoginsCount++;
        await events.RecordAsync(LogEventTypes.Login, About(attempt).By(user));
        return user;
    }

    /// <summary>Whether a user who is signed in knows their password; a wrong one counts as a failed login does.</summary>
    public async Task<bool> ConfirmAsync(User user, string password, string ip, DateTimeOffset now, CancellationToken ct)
    {
        if (password.Length == 0 || System.Text.Encoding.UTF8.GetByteCount(password) > MostPasswordBytes)
            return false;
        var budgets = Budgets(user.UserId, ip);
        if (!await counters.TryTakeAsync(budgets, now, ct))
            return false;

        var right = false;
        foreach (var hash in (await users.CredentialsOfAsync(user.UserId, ct)).Select(credential => credential.PasswordHash).DefaultIfEmpty(null))
            right |= await passwords.VerifyAsync(hash, password, ct) != PasswordVerdict.Wrong;
        if (right)
            await counters.GiveBackAsync(budgets, ct);
        return right;
    }

    /// <summary>The numbers stand in docs/security.md too, and a test compares them.</summary>
    public static IReadOnlyList<AttemptBudget> Budgets(string account, string ip) =>
    [
        new($"login|{account}|{ip}", 10, TimeSpan.FromMinutes(15)),
        new($"login|{account}", 50, TimeSpan.FromHours(1)),
        new($"login-ip|{ip}", 100, TimeSpan.FromHours(1)),
    ];

    /// <summary>What was typed for the name of nobody may be a password in the wrong field: an address alone is kept.</summary>
    private async Task<User?> RefuseAsync(LogEventType reason, PasswordAttempt attempt, PasswordCredential? known, string? description = null)
    {
        var name = known is not null || LoginIdentifier.IsEmail(attempt.Identifier) ? attempt.Identifier : null;
        await events.RecordAsync(reason, About(attempt) with { Description = description, UserId = known?.UserId, UserName = name });
        return null;
    }

    private static LogEvent About(PasswordAttempt attempt) => new LogEvent().For(attempt.Client).At(attempt.Connection);
}
