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
    IEventLog events)
{
    /// <summary>Longer than any password that can be set: refused before it costs anything.</summary>
    public const int MaxPasswordBytes = 1024;

    /// <summary>Looks in all databases at once: one attempt, one hash, one event.</summary>
    /// <returns>The user; null for every reason to refuse: only the log distinguishes them.</returns>
    public async Task<PasswordSignIn?> TryAsync(PasswordAttempt attempt, DateTimeOffset now, CancellationToken ct)
    {
        var (_, connections, identifier, password, ip) = attempt;
        if (identifier.Length is 0 or > LoginIdentifier.MaxLength || !IsPossible(password))
            return await RefuseAsync(LogEventTypes.FailedLogin, attempt, null);

        var normalized = LoginIdentifier.Normalize(identifier);
        var credential = await users.FindCredentialAsync(
            NamesOf(connections, options => options.SignsInByEmail),
            NamesOf(connections, options => options.SignsInByUsername),
            normalized,
            ct);
        var rules = await RulesOfAsync(credential?.UserId ?? LoginRules.UnknownAccount(normalized), ip, ct);
        var slowest = TimeSpan.FromMilliseconds(connections.Max(connection => connection.SlowestImportedHash) ?? 0);
        var (verdict, block) = await VerifyAsync(rules, [credential?.PasswordHash], password, slowest, ip, now, ct);
        if (block is not null)
            return await RefuseAsync(TypeOf(block), attempt, credential);
        if (credential is null || verdict == PasswordVerdict.Wrong)
            return await RefuseAsync(TypeOf(credential), attempt, credential);
        if (await users.FindAsync(credential.UserId, ct) is not { Blocked: false } user)
            return await RefuseAsync(LogEventTypes.FailedLogin, attempt, credential, "user is blocked");

        await limits.RecordSuccessAsync(rules, user.UserId, ip, now, ct);
        var newer = verdict == PasswordVerdict.RightButOutdated ? await TryHashAsync(credential, password, ct) : null;
        await users.RecordLoginAsync(user.UserId, now, ip, newer, ct);
        user.LoginsCount++;
        await events.RecordAsync(LogEventTypes.Login, About(attempt, credential).By(user));
        return new PasswordSignIn(user, credential.Connection);
    }

    /// <summary>
    /// Whether a user who is signed in knows their password; a wrong one counts as a failed login does.
    /// </summary>
    public async Task<bool> ConfirmAsync(
        User user, string password, string ip, DateTimeOffset now, CancellationToken ct)
    {
        if (!IsPossible(password))
            return false;
        var hashes = (await users.CredentialsOfAsync(user.UserId, ct)).Select(credential => credential.PasswordHash);
        var rules = await RulesOfAsync(user.UserId, ip, ct);
        var (verdict, _) = await VerifyAsync(
            rules, [.. hashes.DefaultIfEmpty(null)], password, TimeSpan.Zero, ip, now, ct);
        if (verdict == PasswordVerdict.Wrong)
            return false;
        await limits.RecordSuccessAsync(rules, user.UserId, ip, now, ct);
        return true;
    }

    private static List<string> NamesOf(IEnumerable<Connection> databases, Func<DatabaseOptions, bool> which) =>
        [.. databases.Where(database => which(DatabaseOptions.Of(database))).Select(database => database.Name)];

    private static bool IsPossible(string password) =>
        password.Length > 0 && Encoding.UTF8.GetByteCount(password) <= MaxPasswordBytes;

    private async Task<IReadOnlyList<LoginRule>> RulesOfAsync(string account, string ip, CancellationToken ct) =>
        LoginRules.Of(account, ip, browser.IdFor(account), await limits.IsKnownAddressAsync(account, ip, ct));

    /// <summary>
    /// Takes the same time whether there is an account and whether it may be tried. Only a wrong password is counted.
    /// Attempts that run at the same time count in the order in which they end, and one that ends after the last free
    /// one is refused, right or wrong: a parallel thousand gets no more than a serial one (CVE-2023-33170).
    /// </summary>
    private async Task<(PasswordVerdict Verdict, LoginRule? Block)> VerifyAsync(
        IReadOnlyList<LoginRule> rules,
        IReadOnlyList<string?> hashes,
        string password,
        TimeSpan slowestImport,
        string ip,
        DateTimeOffset now,
        CancellationToken ct)
    {
        var block = await limits.FindBlockAsync(rules, now, ct);
        var verdict = PasswordVerdict.Wrong;
        foreach (var hash in block is null ? hashes : [null])
        {
            verdict = await passwords.VerifyAsync(hash, password, slowestImport, ct);
            if (verdict != PasswordVerdict.Wrong)
                break;
        }

        if (block is not null)
            await limits.CountFailureAsync([LoginRules.Refused(ip)], tenant.Issuer, now, ct);
        else if (verdict == PasswordVerdict.Wrong)
            block = await limits.CountFailureAsync(rules, tenant.Issuer, now, ct);
        else
            block = await limits.FindBlockAsync(rules, now, ct);
        return (block is null ? verdict : PasswordVerdict.Wrong, block);
    }

    /// <summary>
    /// Hashes the password with the current parameters. When the queue is full, a later login does it.
    /// </summary>
    private async Task<NewerHash?> TryHashAsync(PasswordCredential credential, string password, CancellationToken ct)
    {
        try
        {
            return new NewerHash(credential.Id, await passwords.HashAsync(password, ct));
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
