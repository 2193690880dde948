using System.Net;
using AuthServer.Web.Startup;

namespace AuthServer.Web.Areas.Dashboard;

/// <summary>Whether there is a dashboard, and from which addresses it opens.</summary>
public sealed class DashboardOptions
{
    private IReadOnlyList<System.Net.IPNetwork>? networks;

    public bool Enabled { get; set; } = true;

    /// <summary>Addresses or CIDR blocks of the browsers that may open it; none: every address.</summary>
    public IList<string> Addresses { get; set; } = [];

    public IEnumerable<string> Validate() => AddressBlocks.Validate(Addresses, "AuthServer__Dashboard__Addresses");

    /// <param name="address">The browser's address.</param>
    public bool IsOpenTo(IPAddress? address)
    {
        networks ??= AddressBlocks.Read(Addresses);
        var caller = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return Enabled && (networks.Count == 0 || (caller is not null && networks.Any(one => one.Contains(caller))));
    }
}
