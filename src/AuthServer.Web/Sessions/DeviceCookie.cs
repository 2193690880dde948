using System.Security.Cryptography;
using System.Text;
using AuthServer.Core;
using AuthServer.Core.Users;
using AuthServer.Protocol.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Sessions;

/// <summary>
/// Names, by a hash, the accounts that were signed in to with this browser, encrypted in a cookie. It signs no one in:
/// it gives the browser a budget of wrong passwords that attackers elsewhere can't use up
/// (docs/security.md#passwords-and-logins-asvs-611).
/// </summary>
public sealed class DeviceCookie(IHttpContextAccessor accessor, IDataProtectionProvider protection, TimeProvider time)
    : IKnownBrowser
{
    /// <summary>The accounts that were signed in to last; an older one gives way.</summary>
    private const int MaxAccounts = 10;

    /// <summary>How long after the latest sign-in an account is remembered.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    private readonly JsonProtector<Device> protector = new(protection, "device-cookie");

    private HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("Outside a request.");

    private string Name => HostCookie.NameOf(Http, "device");

    public string? IdFor(string userId) =>
        Read() is { } device && device.Accounts.Exists(account => account.Hash == HashOf(device.Id, userId))
            ? device.Id
            : null;

    public void Remember(string userId)
    {
        var device = Read() ?? new Device(OpaqueToken.Alphanumeric(22), []);
        var account = new Account(HashOf(device.Id, userId), time.GetUtcNow());
        var others = device.Accounts.Where(other => other.Hash != account.Hash);
        device = device with { Accounts = [account, .. others.Take(MaxAccounts - 1)] };
        Http.Response.Cookies.Append(
            Name,
            protector.Seal(device),
            new CookieOptions
            {
                HttpOnly = true,
                Secure = Http.Request.IsHttps,
                SameSite = SameSiteMode.Lax,
                Path = "/",
                MaxAge = Lifetime,
                IsEssential = true,
            });
    }

    /// <returns>Null for a browser without the cookie, or with one that this server didn't make.</returns>
    private Device? Read()
    {
        var since = time.GetUtcNow() - Lifetime;
        return accessor.HttpContext is { } http && protector.Open(http.Request.Cookies[Name]) is { } device
            ? device with { Accounts = device.Accounts.FindAll(account => account.SignedInAt > since) }
            : null;
    }

    private static string HashOf(string id, string userId) =>
        WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.UTF8.GetBytes($"{id}|{userId}")).AsSpan(0, 16));

    private sealed record Device(string Id, List<Account> Accounts);

    private sealed record Account(string Hash, DateTimeOffset SignedInAt);
}
