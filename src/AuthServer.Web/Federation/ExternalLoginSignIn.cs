using AuthServer.Core.Federation;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Protocol.Hosting;
using AuthServer.Web.Sessions;

namespace AuthServer.Web.Federation;

/// <summary>
/// Signs in a user of a provider: the user is created at the first login, updated at each, and never found by an email
/// address.
/// </summary>
public sealed class ExternalLoginSignIn(
    IIdentityStore identities,
    BrowserSession session,
    IEventLog events,
    IHttpContextAccessor accessor,
    TimeProvider time)
{
    /// <returns>False when the user is blocked; no session is created then.</returns>
    public async Task<bool> SignInAsync(
        IdentityProvider provider, UpstreamUser upstream, LogEvent about, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var identity = ProviderUser.IdentityOf(provider, upstream);
        var login = new ProviderLogin(
            now,
            ClientAddress.Of(accessor.HttpContext!.Connection.RemoteIpAddress),
            provider.RootAttributes == RootAttributes.OnEachLogin
                ? user => ProviderUser.Describe(user, identity.ProfileData, now)
                : null);
        var user = await identities.SignInAsync(identity, CandidateOf(provider, identity, now), login, ct);
        if (user.Blocked)
        {
            await events.RecordAsync(
                LogEventTypes.FailedLogin,
                about.By(user) with
                {
                    Description = "user is blocked",
                });
            return false;
        }

        await session.StartAsync(user, provider.Connection.Name, ct);
        await events.RecordAsync(LogEventTypes.Login, about.By(user));
        return true;
    }

    private static User CandidateOf(IdentityProvider provider, UserIdentity identity, DateTimeOffset now)
    {
        var user = ProviderUser.Of(identity, now);
        if (provider.RootAttributes == RootAttributes.NeverOnLogin)
            ProviderUser.Describe(user, profileData: null, now);
        return user;
    }
}
