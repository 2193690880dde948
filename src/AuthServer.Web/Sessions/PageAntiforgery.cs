using System.Security.Cryptography;
using AuthServer.Core;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Secret = AuthServer.Core.Secret;

namespace AuthServer.Web.Sessions;

/// <summary>
/// Double-submitted token of every form (ASVS 3.5.1): a random cookie, and in the form its encrypted hash. The
/// framework's own has one cookie name for http and https, and can't have <c>__Host-</c> only on https.
/// </summary>
/// <remarks>
/// The cookie is Lax, not Strict: a sign-in always arrives from another site, where a Strict cookie stays away, and
/// each arrival would replace the token of a form that is still open in another tab. A Lax cookie is not sent with a
/// POST from elsewhere either, and what Strict would leave open, a sibling host of the same site, <c>Sec-Fetch-Site</c>
/// closes.
/// </remarks>
public sealed class PageAntiforgery(IDataProtectionProvider protection) : IAntiforgery
{
    public const string FieldName = "csrf_token";
    private static readonly object Fresh = new();
    private readonly IDataProtector protector = protection.CreateProtector("page-antiforgery");

    public AntiforgeryTokenSet GetAndStoreTokens(HttpContext httpContext)
    {
        var cookie = Existing(httpContext);
        if (cookie is null)
        {
            cookie = OpaqueToken.Create();
            httpContext.Items[Fresh] = cookie;
            httpContext.Response.Cookies.Append(NameFor(httpContext), cookie.Reveal(), new CookieOptions
            {
                HttpOnly = true,
                Secure = httpContext.Request.IsHttps,
                SameSite = SameSiteMode.Lax,
                Path = "/",
                IsEssential = true,
            });
        }

        return TokensFor(cookie);
    }

    public AntiforgeryTokenSet GetTokens(HttpContext httpContext) =>
        TokensFor(Existing(httpContext) ?? OpaqueToken.Create());

    public async Task<bool> IsRequestValidAsync(HttpContext httpContext)
    {
        var request = httpContext.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return true;
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
            return false;
        if (!request.HasFormContentType || request.Cookies[NameFor(httpContext)] is not { Length: > 0 } cookie)
            return false;
        try
        {
            var form = await request.ReadFormAsync(httpContext.RequestAborted);
            return form[FieldName] is [{ } field] && CryptographicOperations.FixedTimeEquals(
                protector.Unprotect(Convert.FromBase64String(field)), new Secret(cookie).Hash().Bytes);
        }
        catch (Exception forged) when (forged is CryptographicException or FormatException or InvalidDataException)
        {
            return false;
        }
    }

    public async Task ValidateRequestAsync(HttpContext httpContext)
    {
        if (!await IsRequestValidAsync(httpContext))
            throw new AntiforgeryValidationException("The form's token is missing, or is another browser's.");
    }

    public void SetCookieTokenAndHeader(HttpContext httpContext) => GetAndStoreTokens(httpContext);

    private static string NameFor(HttpContext http) => HostCookie.NameOf(http, "csrf");

    /// <summary>A page with two forms makes one cookie.</summary>
    private static Secret? Existing(HttpContext http) =>
        http.Items[Fresh] as Secret
        ?? (http.Request.Cookies[NameFor(http)] is { Length: 43 } sent ? new Secret(sent) : null);

    private AntiforgeryTokenSet TokensFor(Secret cookie) =>
        new(
            Convert.ToBase64String(protector.Protect(cookie.Hash().Bytes)),
            cookie.Reveal(),
            FieldName,
            headerName: null);
}
