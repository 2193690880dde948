using AuthServer.Core.Connections;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Users;

/// <summary>A password that can't be set.</summary>
/// <param name="Problem">Why.</param>
/// <param name="Policy">The policy that it was checked against.</param>
public sealed record PasswordError(PasswordProblem Problem, PasswordPolicy Policy)
{
    /// <summary>For the APIs; the pages have their own words.</summary>
    public string Message => PasswordPolicyText.Explain(Problem, Policy);
}

/// <summary>Checks new passwords against the policies of the user databases that they are for.</summary>
public sealed class PasswordValidator(
    Tenant tenant,
    IConnectionStore connections,
    IUserStore users,
    IPasswordHistory history,
    IPasswordHashing passwords)
{
    /// <summary>Checks the first password of a user.</summary>
    public PasswordError? Validate(string password, User user, Connection connection) =>
        Check(password, user, DatabaseOptions.Of(connection).Passwords);

    /// <summary>
    /// Checks another password of a user: it has to suit every database in which the user has one.
    /// </summary>
    public async Task<PasswordError?> ValidateAsync(string password, User user, CancellationToken ct)
    {
        var credentials = await users.CredentialsOfAsync(user.UserId, ct);
        var policy = await PolicyOfAsync(credentials, ct);
        if (Check(password, user, policy) is { } error)
            return error;
        return policy.HistorySize > 0 && await IsReusedAsync(password, user, credentials, policy.HistorySize, ct)
            ? new PasswordError(PasswordProblem.Reused, policy)
            : null;
    }

    public async Task<PasswordPolicy> FindPolicyAsync(User user, CancellationToken ct) =>
        await PolicyOfAsync(await users.CredentialsOfAsync(user.UserId, ct), ct);

    private async Task<PasswordPolicy> PolicyOfAsync(
        IReadOnlyList<PasswordCredential> credentials, CancellationToken ct)
    {
        var databases = (await connections.DatabasesAsync(ct))
            .Where(database => credentials.Any(credential => credential.Connection == database.Name));
        return PasswordPolicy.Strictest([.. databases.Select(database => DatabaseOptions.Of(database).Passwords)]);
    }

    private PasswordError? Check(string password, User user, PasswordPolicy policy) =>
        policy.Check(password, PasswordContext.Of(user, tenant.Settings.FriendlyName)) is { } problem
            ? new PasswordError(problem, policy)
            : null;

    private async Task<bool> IsReusedAsync(
        string password,
        User user,
        IReadOnlyList<PasswordCredential> credentials,
        int size,
        CancellationToken ct)
    {
        var current = credentials.Select(credential => credential.PasswordHash);
        var former = await history.FindAsync(user.UserId, size - 1, ct);
        foreach (var hash in current.Concat(former).Distinct(StringComparer.Ordinal))
        {
            if ((await passwords.VerifyAsync(hash, password, ct)).Verdict != PasswordVerdict.Wrong)
                return true;
        }

        return false;
    }
}
