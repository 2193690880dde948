using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Federation;
using AuthServer.Protocol.Hosting;
using AuthServer.Web.Sessions;
using Microsoft.AspNetCore.DataProtection;
using Secret = AuthServer.Core.Secret;

namespace AuthServer.Web.Federation;

/// <summary>
/// Encrypts logins at providers into <c>state</c>, with the waiting authorization's handle behind a period, and accepts
/// each once, from the browser that has the login's cookie.
/// </summary>
public sealed class ExternalLoginState(IDataProtectionProvider protection, IReplayCache replayCache, TimeProvider time)
{
    private readonly JsonProtector<SignInAttempt> protector = new(protection, "provider-sign-in");

    /// <summary>Begins a login: its cookie goes to the browser, its state to the provider.</summary>
    /// <param name="http">The browser's request.</param>
    /// <param name="provider">Provider to log in at.</param>
    /// <param name="handle">The waiting authorization; null when there is none.</param>
    /// <param name="more">Adds what was agreed.</param>
    public (SignInAttempt Attempt, string State) Begin(
        HttpContext http, IdentityProvider provider, string? handle, Func<SignInAttempt, SignInAttempt> more)
    {
        var cookie = OpaqueToken.Create();
        var attempt = more(
            new SignInAttempt(
                OpaqueToken.Alphanumeric(16),
                provider.Connection.Id,
                cookie.Hash().Bytes,
                OpaqueToken.Create().Reveal(),
                OpaqueToken.Create().Reveal(),
                time.GetUtcNow())
            {
                Handle = handle is null ? null : SignInAttempt.HashOf(handle),
            });
        http.Response.Cookies.Append(NameOf(http, attempt), cookie.Reveal(), OptionsFor(http, provider.PostsForm));
        var seal = protector.Seal(attempt);
        return (attempt, handle is null ? seal : $"{seal}.{handle}");
    }

    /// <returns>The login and the handle that it carries; null for a state that is invalid, expired, used, or of
    /// another browser.</returns>
    public async Task<(SignInAttempt Attempt, string? Handle)?> EndAsync(
        HttpContext http, string? state, CancellationToken ct)
    {
        var parts = state?.Split('.', 2) ?? [];
        if (protector.Open(parts.ElementAtOrDefault(0)) is not { } attempt)
            return null;
        if (attempt.IsExpired(time.GetUtcNow()) || !attempt.Carries(parts.ElementAtOrDefault(1)))
            return null;
        if (!attempt.IsOf(
                http.Request.Cookies[NameOf(http, attempt)] is { Length: > 0 } cookie ? new Secret(cookie) : null))
            return null;

        http.Response.Cookies.Delete(
            NameOf(http, attempt), OptionsFor(http, byPost: HttpMethods.IsPost(http.Request.Method)));
        var value = new Secret("provider-sign-in " + attempt.Id).Hash();
        return await replayCache.TryAddAsync(value, attempt.StartedAt + SignInAttempt.Lifetime, ct)
            ? (attempt, parts.ElementAtOrDefault(1))
            : null;
    }

    /// <summary>One cookie for each login, so that two tabs don't overwrite each other's.</summary>
    private static string NameOf(HttpContext http, SignInAttempt attempt) =>
        HostCookie.NameOf(http, "idp-" + attempt.Id);

    /// <summary>A form that the provider's page posts brings no Lax cookie along.</summary>
    private static CookieOptions OptionsFor(HttpContext http, bool byPost) => new()
    {
        HttpOnly = true,
        Secure = http.Request.IsHttps,
        SameSite = byPost && http.Request.IsHttps ? SameSiteMode.None : SameSiteMode.Lax,
        Path = "/",
        MaxAge = SignInAttempt.Lifetime,
        IsEssential = true,
    };
}
