using System.Text;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Users;

/// <summary>
/// Signs a user in by e-mail address or user name and password, within the limits of docs/security.md.
/// </summary>
public sealed class PasswordLogin(
    Tenant tenant,
    IUserStore users,
    ILoginLimits limits,
    IKnownBrowser browser,
    IPasswordHashing passwords,
    IEventLog events,
    TimeProvider time)
{
    /// <summary>Longer than any password that can be set: refused before it costs anything.</summary>
    public const int MaxPasswordBytes = 1024;

    private const string WasChanged = "password was changed meanwhile";

    /// <summary>Looks in all databases at once: one attempt, one hash, one event.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="now">Its time.</param>
    /// <param name="begin">
    /// Starts the session, and returns false when another password was set meanwhile; null when the caller compares
    /// <see cref="PasswordSignIn.Password"/> later.
    /// </param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The user; null for every reason to refuse: only the log distinguishes them.</returns>
    public async Task<PasswordSignIn?> TryAsync(
        PasswordAttempt attempt, DateTimeOffset now, Func<PasswordSignIn, Task<bool>>? begin, CancellationToken ct)
    {
        var (_, connections, identifier, password, ip) = attempt;
        if (identifier.Length is 0 or > LoginIdentifier.MaxLength || !IsPossible(password))
            return await RefuseAsync(LogEventTypes.FailedLogin, attempt, null);

        var normalized = LoginIdentifier.Normalize(identifier);
        var databases = connections.Select(database => (database.Name, Options: DatabaseOptions.Of(database))).ToList();
        var found = await users.FindCredentialAsync(
            [.. databases.Where(database => database.Options.SignsInByEmail).Select(database => database.Name)],
            [.. databases.Where(database => database.Options.SignsInByUsername).Select(database => database.Name)],
            normalized,
            ct);
        var credential = found?.Credential;
        var rules = await RulesOfAsync(credential?.UserId ?? LoginRules.UnknownAccount(normalized), ip, ct);
        var slowest = TimeSpan.FromMilliseconds(connections.Max(connection => connection.SlowestImportedHash) ?? 0);
        var (check, block) = await VerifyAsync(rules, [credential?.PasswordHash], password, ip, now, ct);
        var isRight = block is null && check.Verdict != PasswordVerdict.Wrong;
        if (!isRight || await users.FindAsync(credential!.UserId, ct) is not { Blocked: false } user)
        {
            await RefuseAsync(
                block is not null ? TypeOf(block) : isRight ? LogEventTypes.FailedLogin : TypeOf(credential),
                attempt,
                credential,
                isRight ? "user is blocked" : null);

            // Counted and recorded before, so that leaving early gains nothing.
            if (check.Imported < slowest)
                await Task.Delay(slowest - check.Imported, time, ct);
            return null;
        }

        var newer = check.Verdict == PasswordVerdict.RightButOutdated
            ? await NewerHashAsync(credential, check, password, ct)
            : null;
        var signIn = new PasswordSignIn(user, credential.Connection, found!.Password);
        var isCurrent = await users.TryRecordLoginAsync(signIn.Password, now, ip, newer, ct)
            && (begin is null || await begin(signIn));
        if (!isCurrent)
            return await RefuseAsync(LogEventTypes.WrongPassword, attempt, credential, WasChanged);
        await limits.RecordSuccessAsync(rules, user.UserId, ip, now, ct);
        user.LoginsCount++;
        await events.RecordAsync(LogEventTypes.Login, About(attempt, credential).By(user));
        return signIn;
    }

    /// <summary>
    /// Verifies the password of a user who is signed in; a wrong one counts as a failed login does.
    /// </summary>
    /// <returns>The password, as it was when <paramref name="user"/> was read; null for a wrong one.</returns>
    public async Task<PasswordVersion?> ConfirmAsync(
        User user, string password, string ip, DateTimeOffset now, CancellationToken ct)
    {
        if (!IsPossible(password))
            return null;
        var hashes = (await users.CredentialsOfAsync(user.UserId, ct)).Select(credential => credential.PasswordHash);
        var rules = await RulesOfAsync(user.UserId, ip, ct);
        var (check, block) = await VerifyAsync(rules, [.. hashes.DefaultIfEmpty(null)], password, ip, now, ct);
        if (block is not null || check.Verdict == PasswordVerdict.Wrong)
            return null;
        await limits.RecordSuccessAsync(rules, user.UserId, ip, now, ct);
        return PasswordVersion.Of(user);
    }

    private static bool IsPossible(string password) =>
        password.Length > 0 && Encoding.UTF8.GetByteCount(password) <= MaxPasswordBytes;

    private async Task<IReadOnlyList<LoginRule>> RulesOfAsync(string account, string ip, CancellationToken ct) =>
        LoginRules.Of(account, ip, browser.IdFor(account), await limits.IsKnownAddressAsync(account, ip, ct));

    /// <summary>
    /// Takes the same time whether there is an account and whether it may be tried. Only a wrong password is counted.
    /// Attempts that run at the same time count in the order in which they end, and one that ends after the last free
    /// one is refused, right or wrong: a parallel thousand gets no more than a serial one (CVE-2023-33170).
    /// </summary>
    private async Task<(PasswordCheck Check, LoginRule? Block)> VerifyAsync(
        IReadOnlyList<LoginRule> rules,
        IReadOnlyList<string?> hashes,
        string password,
        string ip,
        DateTimeOffset now,
        CancellationToken ct)
    {
        var block = await limits.FindBlockAsync(rules, now, ct);
        var check = new PasswordCheck(PasswordVerdict.Wrong);
        foreach (var hash in block is null ? hashes : [null])
        {
            check = await passwords.VerifyAsync(hash, password, ct);
            if (check.Verdict != PasswordVerdict.Wrong)
                break;
        }

        // Counted also when the caller has left.
        if (block is not null)
            await limits.CountFailureAsync([LoginRules.Refused(ip)], tenant.Issuer, now, CancellationToken.None);
        else if (check.Verdict == PasswordVerdict.Wrong)
            block = await limits.CountFailureAsync(rules, tenant.Issuer, now, CancellationToken.None);
        else
            block = await limits.FindBlockAsync(rules, now, ct);
        return (check, block);
    }

    /// <summary>
    /// Hashes the password with the current parameters. When the queue is full, a later login does it.
    /// </summary>
    private async Task<NewerHash?> NewerHashAsync(
        PasswordCredential credential, PasswordCheck check, string password, CancellationToken ct)
    {
        try
        {
            var hash = check.Newer ?? await passwords.HashAsync(password, ct);
            return new NewerHash(credential.Id, credential.PasswordHash, hash);
        }
        catch (PasswordQueueFullException)
        {
            return null;
        }
    }

    private static LogEventType TypeOf(LoginRule block) =>
        block.Account is null ? LogEventTypes.BlockedAddress : LogEventTypes.BlockedAccount;

    private static LogEventType TypeOf(PasswordCredential? credential) =>
        credential is null ? LogEventTypes.UnknownUser : LogEventTypes.WrongPassword;

    /// <summary>The name of an unknown user may be a password in the wrong field: only an address is logged.</summary>
    private async Task<PasswordSignIn?> RefuseAsync(
        LogEventType reason, PasswordAttempt attempt, PasswordCredential? known, string? description = null)
    {
        var name = known is not null || LoginIdentifier.IsEmail(attempt.Identifier) ? attempt.Identifier : null;
        await events.RecordAsync(
            reason,
            About(attempt, known) with { Description = description, UserId = known?.UserId, UserName = name });
        return null;
    }

    /// <summary>A name that no database has is recorded under the first.</summary>
    private static LogEvent About(PasswordAttempt attempt, PasswordCredential? known)
    {
        var connection = attempt.Connections.FirstOrDefault(c => known is null || c.Name == known.Connection);
        var about = new LogEvent().For(attempt.Client);
        return connection is null ? about : about.At(connection);
    }
}
