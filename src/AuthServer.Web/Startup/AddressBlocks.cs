using System.Net;

namespace AuthServer.Web.Startup;

/// <summary>Reads settings that are lists of addresses and CIDR blocks.</summary>
internal static class AddressBlocks
{
    /// <param name="entries">Addresses or CIDR blocks; empty ones are left out.</param>
    /// <param name="setting">The name of the setting.</param>
    /// <exception cref="StartupException">An entry is not an address and not a CIDR block.</exception>
    public static IReadOnlyList<System.Net.IPNetwork> Read(IEnumerable<string> entries, string setting) =>
        [.. entries.Where(entry => entry.Length > 0).Select(entry => Read(entry, setting))];

    private static System.Net.IPNetwork Read(string entry, string setting)
    {
        if (System.Net.IPNetwork.TryParse(entry, out var network))
            return network;
        return IPAddress.TryParse(entry, out var address)
            ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8)
            : throw new StartupException(
                $"{setting} has '{entry}', and must have addresses or CIDR blocks, for example 10.0.0.0/8.");
    }
}
