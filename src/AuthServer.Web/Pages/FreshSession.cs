using AuthServer.Core.Clients;
using AuthServer.Core.Sessions;
using AuthServer.Core.Tenants;

namespace AuthServer.Web.Pages;

/// <summary>Who changes the ways into an account has proved a moment ago that it is theirs (ASVS 7.5.1): an unlocked screen is not enough.</summary>
internal static class FreshSession
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);

    public static bool Is(SignedIn signedIn, DateTimeOffset now) => now - signedIn.Session.AuthenticatedAt <= Freshness;

    /// <summary>Where they prove it; the account page follows.</summary>
    public static string ProvePath(Issuer issuer) => AccountApplication.SignInPath(issuer) + "&prompt=login";
}
