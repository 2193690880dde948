using AuthServer.Core.Tenants;

namespace AuthServer.Web.Management.ResourceServers;

/// <summary>
/// Which identifiers an API may have. One key signs for all of them, so no two may be taken for each other (ASVS
/// 9.2.4): not by case, not by a trailing slash, and not with this server's own addresses.
/// </summary>
internal static class ApiIdentifiers
{
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static string? Check(string identifier, Issuer issuer, IEnumerable<string> taken)
    {
        if (identifier.Length == 0 || identifier.Any(c => c is <= ' ' or '"' or '\\' or '#' or > '~'))
            return "Expected printable ASCII without spaces, quotes, backslashes and fragments";
        if (identifier.StartsWith('/'))
            return "Must not begin with a slash";

        var twin = Twin(identifier);
        string[] own = [issuer.Value, issuer.UserInfo, issuer.Absolute(Issuer.ManagementApi)];
        if (Array.Exists(own, address => Twin(address) == twin))
            return "This is an address of the authorization server itself";
        return taken.Any(known => Twin(issuer.Absolute(known)) == twin && known != identifier)
            ? "Differs only by case or a trailing slash from the identifier of another API"
            : null;
    }

    private static string Twin(string identifier) => identifier.TrimEnd('/').ToLowerInvariant();
}
