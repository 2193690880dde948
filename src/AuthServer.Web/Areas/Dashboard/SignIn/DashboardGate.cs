using AuthServer.Core.Clients;
using AuthServer.Web.Startup;

namespace AuthServer.Web.Areas.Dashboard.SignIn;

/// <summary>Where the configuration closes the dashboard to a browser, there is no such page.</summary>
internal sealed class DashboardGate(RequestDelegate next, ServerOptions options)
{
    public Task InvokeAsync(HttpContext http)
    {
        var isDashboard = http.Request.Path.StartsWithSegments(
            DashboardApplication.Path, StringComparison.OrdinalIgnoreCase);
        if (isDashboard && !options.Dashboard.IsOpenTo(http.Connection.RemoteIpAddress))
            http.SetEndpoint(null);
        return next(http);
    }
}
