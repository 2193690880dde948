using System.Globalization;
using AuthServer.Web.Areas.Dashboard.Pages;
using AuthServer.Web.Pages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.Features;

namespace AuthServer.Web.Areas.Dashboard.SignIn;

/// <summary>
/// The dashboard's session: an hour without a request ends it, eight hours end it in any case. The store is asked at
/// each request whether its user, their session at the authorization server and their permissions still stand.
/// </summary>
internal sealed class DashboardCookieEvents(
    DashboardSignIn signIn, AdministratorLookup administrators, PageRenderer pages)
    : CookieAuthenticationEvents
{
    public static readonly TimeSpan IdleLifetime = TimeSpan.FromHours(1);
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    /// <summary>A cookie that was written less than this ago is not written again.</summary>
    private static readonly TimeSpan RenewEvery = TimeSpan.FromMinutes(1);

    private const string End = ".end";

    public override Task SigningIn(CookieSigningInContext context)
    {
        var end = context.Options.TimeProvider!.GetUtcNow() + Lifetime;
        context.Properties.Items[End] = end.ToString("O", CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        if (!IsOver(context.Properties, context.Options.TimeProvider!.GetUtcNow())
            && await administrators.FindAsync(context.Principal!, http.RequestAborted) is { } administrator)
        {
            http.Features.Set(administrator);
            return;
        }

        context.RejectPrincipal();
    }

    public override Task CheckSlidingExpiration(CookieSlidingExpirationContext context)
    {
        context.ShouldRenew = context.ElapsedTime >= RenewEvery;
        return Task.CompletedTask;
    }

    /// <summary>A form is not sent again after the sign-in: the page that has it is opened.</summary>
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        var path = HttpMethods.IsGet(request.Method) ? request.Path + request.QueryString : request.Path.ToString();
        context.Response.Redirect(signIn.Begin(context.HttpContext, new SignInRequest(path)));
        return Task.CompletedTask;
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        var http = context.HttpContext;
        var principal = http.Features.GetRequiredFeature<Administrator>().Principal;
        var missing = http.GetEndpoint()?.Metadata.GetOrderedMetadata<RequiresScopeAttribute>()
            .FirstOrDefault(required => !principal.HasAny(required.AnyOf));
        http.Items.TryAdd(ForbiddenModel.Required, missing?.AnyOf);
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return pages.DrawAsync(http, "/Areas/Dashboard/Pages/Forbidden");
    }

    private static bool IsOver(AuthenticationProperties properties, DateTimeOffset now) =>
        !properties.Items.TryGetValue(End, out var end)
        || !DateTimeOffset.TryParse(end, CultureInfo.InvariantCulture, out var moment)
        || now >= moment;
}
