using System.Net;

namespace AuthServer.Web.Startup;

/// <summary>Reads settings that are lists of addresses and CIDR blocks; empty entries are left out.</summary>
internal static class AddressBlocks
{
    /// <exception cref="FormatException">An entry is not an address and not a CIDR block.</exception>
    public static IReadOnlyList<System.Net.IPNetwork> Read(IEnumerable<string> entries) =>
        [.. Given(entries).Select(entry => Parse(entry) ?? throw new FormatException(entry))];

    public static IEnumerable<string> Validate(IEnumerable<string> entries, string setting) =>
        from entry in Given(entries)
        where Parse(entry) is null
        select $"{setting} has '{entry}', and must have addresses or CIDR blocks, for example 10.0.0.0/8.";

    private static IEnumerable<string> Given(IEnumerable<string> entries) => entries.Where(entry => entry.Length > 0);

    private static System.Net.IPNetwork? Parse(string entry)
    {
        if (System.Net.IPNetwork.TryParse(entry, out var network))
            return network;
        return IPAddress.TryParse(entry, out var address)
            ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8)
            : null;
    }
}
