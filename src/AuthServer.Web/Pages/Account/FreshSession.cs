using AuthServer.Core.Sessions;

namespace AuthServer.Web.Pages.Account;

/// <summary>
/// A user who changes the credentials of an account must have authenticated recently (ASVS 7.5.1): an unlocked screen
/// is not enough.
/// </summary>
internal static class FreshSession
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);

    public static bool Is(SignedIn signedIn, DateTimeOffset now) => now - signedIn.Session.AuthenticatedAt <= Freshness;
}
