using AuthServer.Core.Users;

namespace AuthServer.Core.Mail;

/// <summary>
/// How many emails unauthenticated callers may cause. docs/security.md has the numbers too, and a test compares them.
/// </summary>
public static class MailBudgets
{
    /// <param name="normalizedEmail">The recipient.</param>
    public static IReadOnlyList<AttemptBudget> OfRecipient(string normalizedEmail) =>
    [
        new($"mail-minute|{normalizedEmail}", 1, TimeSpan.FromMinutes(1)),
        new($"mail-hour|{normalizedEmail}", 5, TimeSpan.FromHours(1)),
    ];

    /// <summary>Notices that wrong passwords blocked an account.</summary>
    public static IReadOnlyList<AttemptBudget> OfBlockedAccount(string userId) =>
        [new($"mail-blocked|{userId}", 1, TimeSpan.FromHours(1))];

    /// <param name="ip">Address of the caller.</param>
    public static IReadOnlyList<AttemptBudget> OfAddress(string ip) =>
        [new($"mail-ip|{ip}", 20, TimeSpan.FromHours(1))];
}
