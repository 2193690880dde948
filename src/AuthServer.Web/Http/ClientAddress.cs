using System.Net;
using System.Net.Sockets;

namespace AuthServer.Web.Http;

/// <summary>The name under which a caller's attempts are counted.</summary>
public static class ClientAddress
{
    /// <summary>The address itself, for whoever reads a log.</summary>
    public static string Exact(IPAddress address) => (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();

    /// <summary>
    /// An IPv4 address, or the /64 of an IPv6 address: whoever has one address of a /64 has all of them (security.md F.4).
    /// </summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes) + "/64";
    }
}
