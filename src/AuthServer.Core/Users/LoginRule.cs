using System.Security.Cryptography;
using System.Text;

namespace AuthServer.Core.Users;

/// <summary>
/// One limit of wrong passwords: a number of them is free in a window, and each further one doubles the delay before
/// the next attempt.
/// </summary>
/// <param name="Key">Value that is counted. Stored as a hash.</param>
/// <param name="Free">How many wrong passwords there are before the first delay.</param>
/// <param name="Window">How long they are remembered: from the first, and after a delay from its end.</param>
public sealed record LoginRule(string Key, int Free, TimeSpan Window)
{
    public static readonly TimeSpan MinDelay = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(15);

    /// <summary>
    /// The user's id, or <see cref="LoginRules.UnknownAccount"/>; null when the rule is about an address.
    /// </summary>
    public string? Account { get; init; }

    /// <summary>The address that the attempts come from; null when the rule is about all of them.</summary>
    public string? Address { get; init; }

    public byte[] Hash => SHA256.HashData(Encoding.UTF8.GetBytes(Key));

    /// <summary>The delay that the latest of so many wrong passwords leads to.</summary>
    public TimeSpan DelayAfter(int failures) => (failures - Free) switch
    {
        < 0 => TimeSpan.Zero,
        > 4 => MaxDelay,
        var beyond => TimeSpan.FromTicks(Math.Min(MinDelay.Ticks << beyond, MaxDelay.Ticks)),
    };
}

/// <summary>
/// The limits of a login, by what is known of where it comes from. docs/security.md has the numbers and the reasons,
/// and a test compares them.
/// </summary>
public static class LoginRules
{
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    /// <param name="account">The user's id, or <see cref="UnknownAccount"/>.</param>
    /// <param name="ip">The address, under the name by which attempts are counted.</param>
    /// <param name="browser">The id of a browser that signed in to the account before; null for any other.</param>
    /// <param name="isKnownAddress">Whether the user signed in to the account from this address before.</param>
    /// <returns>The rules that the login is under; what is about the address comes first.</returns>
    public static IReadOnlyList<LoginRule> Of(string account, string ip, string? browser, bool isKnownAddress) =>
        (browser, isKnownAddress) switch
        {
            (not null, _) => [Browser(account, browser, ip)],
            (null, true) => [Address(ip), AccountFromAddress(account, ip)],
            (null, false) => [Address(ip), AccountFromAddress(account, ip), AccountFromUnknownAddresses(account)],
        };

    public static LoginRule Browser(string account, string browser, string ip) =>
        new($"login-browser|{account}|{browser}", 10, Short) { Account = account, Address = ip };

    public static LoginRule AccountFromAddress(string account, string ip) =>
        new($"login|{account}|{ip}", 10, Short) { Account = account, Address = ip };

    public static LoginRule AccountFromUnknownAddresses(string account) =>
        new($"login|{account}", 50, Long) { Account = account };

    public static LoginRule Address(string ip) => new($"login-ip|{ip}", 100, Long) { Address = ip };

    /// <summary>
    /// Counts what a rule refused, without a limit: a refused attempt costs the store what a counted one costs, so that
    /// its time doesn't show that two names are one account.
    /// </summary>
    public static LoginRule Refused(string ip) => new($"login-refused|{ip}", int.MaxValue, Short);

    /// <summary>
    /// Placeholder for the user that a name doesn't have. Such names are counted as users are, so that attempts don't
    /// show which names exist (CVE-2025-24806); a hash, because it may be a password that was typed into the wrong
    /// field.
    /// </summary>
    public static string UnknownAccount(string normalizedIdentifier) =>
        "unknown|" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normalizedIdentifier)));
}
