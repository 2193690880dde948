using AuthServer.Core.Sessions;

namespace AuthServer.Web.Pages.Account;

/// <summary>
/// Who changes the ways into an account has proved a moment ago that it is theirs (ASVS 7.5.1): an unlocked screen is
/// not enough.
/// </summary>
internal static class FreshSession
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);

    public static bool Is(SignedIn signedIn, DateTimeOffset now) => now - signedIn.Session.AuthenticatedAt <= Freshness;
}
