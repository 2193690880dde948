using System.Net;
using System.Net.Sockets;

namespace AuthServer.Protocol.Hosting;

/// <summary>The name under which a caller's attempts are counted.</summary>
public static class ClientAddress
{
    /// <summary>The address itself, as a log shows it.</summary>
    public static string Exact(IPAddress address) =>
        (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();

    /// <summary>
    /// An IPv4 address, or the /64 of an IPv6 address: a caller who has one address of a /64 has all of them.
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
