using AuthServer.Core.Tenants;

namespace AuthServer.Core.Users;

/// <summary>Counts wrong passwords by <see cref="LoginRules"/>, for all nodes together.</summary>
public interface ILoginLimits
{
    /// <returns>The first rule under which no attempt is allowed now; null when there is none.</returns>
    Task<LoginRule?> FindBlockAsync(IReadOnlyList<LoginRule> rules, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Counts one wrong password under every rule in one atomic step, or under none of them when one already allows no
    /// attempt: what is refused prolongs nothing. A rule that it uses up allows no attempt from now on.
    /// </summary>
    /// <param name="rules">The rules of the login.</param>
    /// <param name="issuer">The tenant's, for the notice to the owner.</param>
    /// <param name="now">The moment.</param>
    /// <param name="ct">Ends the wait for the store.</param>
    /// <returns>The rule that allowed no attempt; null when the password was counted.</returns>
    Task<LoginRule?> CountFailureAsync(
        IReadOnlyList<LoginRule> rules, Issuer issuer, DateTimeOffset now, CancellationToken ct);

    /// <summary>Whether the user signed in to the account from this address before.</summary>
    Task<bool> IsKnownAddressAsync(string account, string ip, CancellationToken ct);

    /// <summary>
    /// Removes the failures of the account from this browser or address, and remembers the address. Failures from
    /// elsewhere stay counted.
    /// </summary>
    Task RecordSuccessAsync(
        IReadOnlyList<LoginRule> rules, string userId, string ip, DateTimeOffset now, CancellationToken ct);
}
