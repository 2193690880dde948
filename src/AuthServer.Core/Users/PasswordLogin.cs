namespace AuthServer.Core.Users;

/// <summary>Signs a person in by e-mail address or user name and password, within the budgets of security.md F.4.</summary>
public sealed class PasswordLogin(IUserStore users, IAttemptCounters counters, IPasswordHashing passwords)
{
    /// <summary>Longer than any password that can be set: refused before it costs anything.</summary>
    public const int MostPasswordBytes = 1024;

    /// <returns>The user; null for every reason to refuse, which are not told apart.</returns>
    public async Task<User?> TryAsync(string connection, string identifier, string password, string ip, DateTimeOffset now, CancellationToken ct)
    {
        if (identifier.Length is 0 or > 254 || password.Length == 0 || System.Text.Encoding.UTF8.GetByteCount(password) > MostPasswordBytes)
            return null;

        var normalized = LoginIdentifier.Normalize(identifier);
        var credential = await users.FindCredentialAsync(connection, normalized, ct);

        // One count for all names of a person; unknown names are counted alike, so that nothing tells them apart (CVE-2025-24806).
        var budgets = Budgets(credential?.UserId ?? $"{connection}|{normalized}", ip);
        if (!await counters.TryTakeAsync(budgets, now, ct))
            return null;

        var verdict = await passwords.VerifyAsync(credential?.PasswordHash, password, ct);
        var user = credential is not null && verdict != PasswordVerdict.Wrong ? await users.FindAsync(credential.UserId, ct) : null;
        if (user is null || user.Blocked)
            return null;

        await counters.GiveBackAsync(budgets, ct);
        await counters.ResetAsync(budgets[0].Key, ct);
        var newer = verdict == PasswordVerdict.RightButOutdated ? new NewerHash(credential!.Id, await passwords.HashAsync(password, ct)) : null;
        await users.RecordLoginAsync(user.UserId, now, ip, newer, ct);
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
}
