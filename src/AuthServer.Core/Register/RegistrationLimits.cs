using AuthServer.Core.Users;

namespace AuthServer.Core.Register;

/// <summary>How many clients may register themselves (docs/security.md#clients-that-register-themselves).</summary>
/// <param name="PerHour">From one address; 0 means unlimited.</param>
/// <param name="PerHourInAll">From all addresses, so that many addresses together can't fill the disk; 0 means
/// unlimited.</param>
public sealed record RegistrationLimits(int PerHour, int PerHourInAll)
{
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    public IReadOnlyList<AttemptBudget> BudgetsOf(string address) =>
    [
        .. PerHour > 0 ? [new AttemptBudget($"register|{address}", PerHour, Window)] : Array.Empty<AttemptBudget>(),
        .. PerHourInAll > 0 ? [new AttemptBudget("register", PerHourInAll, Window)] : Array.Empty<AttemptBudget>(),
    ];
}
