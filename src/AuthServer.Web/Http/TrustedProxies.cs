using System.Net;
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
        var trusted = app
            .Services.GetRequiredService<ServerOptions>()
            .TrustedProxies.Where(entry => entry.Length > 0)
            .ToList();
        if (trusted.Count == 0)
            return;

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor,
            ForwardLimit = null,
        };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var entry in trusted)
            options.KnownIPNetworks.Add(Read(entry));
        app.UseForwardedHeaders(options);
    }

    /// <exception cref="StartupException">The entry is neither an address nor a CIDR block.</exception>
    private static System.Net.IPNetwork Read(string entry)
    {
        if (System.Net.IPNetwork.TryParse(entry, out var network))
            return network;
        return IPAddress.TryParse(entry, out var address)
            ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8)
            : throw new StartupException(
                $"AuthServer__TrustedProxies has '{entry}', and must have addresses or CIDR blocks, for example "
                    + "10.0.0.0/8.");
    }
}
