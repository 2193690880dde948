namespace AuthServer.Core.Users;

/// <summary>How many accounts may be created by signing up.</summary>
public static class SignUpLimits
{
    /// <param name="ip">Address of the caller.</param>
    public static IReadOnlyList<AttemptBudget> OfAddress(string ip) =>
        [new($"signup-ip|{ip}", 100, TimeSpan.FromDays(1))];
}
