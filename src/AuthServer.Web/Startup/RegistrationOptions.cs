using AuthServer.Core.Register;

namespace AuthServer.Web.Startup;

/// <summary>Dynamic client registration (docs/security.md#clients-that-register-themselves).</summary>
public sealed class RegistrationOptions
{
    private const int DefaultPerHour = 10;

    /// <summary>In Development the one address is the developer's own, with every test run behind it.</summary>
    private const int DevelopmentPerHour = 1500;

    /// <summary>
    /// Registrations per hour from one address; 10 when not given, 1500 in Development; 0 means unlimited.
    /// </summary>
    public int? PerHour { get; set; }

    /// <summary>
    /// Registrations per hour in total; a hundred times <see cref="PerHour"/> when not given, 0 means unlimited.
    /// </summary>
    public int? PerHourInAll { get; set; }

    /// <summary>How long an unused client is kept.</summary>
    public int UnusedDays { get; set; } = 30;

    /// <summary>How many such clients are kept; those of the last day are always kept.</summary>
    public int MaxUnused { get; set; } = 20_000;

    public RegistrationLimits Limits(bool isDevelopment)
    {
        var perHour = PerHour ?? (isDevelopment ? DevelopmentPerHour : DefaultPerHour);
        return new RegistrationLimits(perHour, PerHourInAll ?? (int)Math.Min(100L * perHour, int.MaxValue));
    }

    public IEnumerable<string> Validate()
    {
        if (PerHour < 0 || PerHourInAll < 0)
            yield return "AuthServer__Registration__PerHour and ...__PerHourInAll must not be negative; 0 means "
                + "unlimited.";
        if (UnusedDays is < 1 or > 36_500)
            yield return "AuthServer__Registration__UnusedDays must be between 1 and 36500.";
        if (MaxUnused < 1)
            yield return "AuthServer__Registration__MaxUnused must be positive.";
    }
}
