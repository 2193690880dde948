using AuthServer.Web.Startup;
using Microsoft.AspNetCore.HttpOverrides;

namespace AuthServer.Web.Http;

/// <summary>
/// The caller's address, which the budgets of tries count by: the peer's own, or what a configured proxy says
/// (CVE-2023-36456). Only the address is taken over; scheme and host come from the issuer.
/// </summary>
internal static class TrustedProxies
{
    public static void Use(WebApplication app)
    {
        var trusted = AddressBlocks.Read(app.Services.GetRequiredService<ServerOptions>().TrustedProxies);
        if (trusted.Count == 0)
            return;

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor,
            ForwardLimit = null,
        };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var network in trusted)
            options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }
}
