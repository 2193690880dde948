using System.Net;

namespace AuthServer.Web.OutgoingHttp;

/// <summary>
/// Addresses that a URL of another party may lead this server to: public unicast ones (IANA's special-purpose
/// registries, RFC 6890), so that an attacker can't reach the machine's neighbours or a cloud's metadata through this
/// server.
/// </summary>
public static class PublicAddressFilter
{
    private static readonly IPNetwork[] Refused =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
            "5f00::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    /// <summary>An IPv4-mapped address is refused as such: a name has A records for that.</summary>
    public static bool IsPublic(IPAddress address) =>
        !address.IsIPv4MappedToIPv6 && !Array.Exists(Refused, network => network.Contains(address));
}
