using System.Security.Cryptography;
using System.Text;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Users;

/// <summary>
/// The <c>sub</c> of a user at a client, OpenID Connect Core §8: the user's id, or for a pairwise client a name that is
/// meaningless outside of its sector. The authorization stores it, so that everything that belongs to it has the same.
/// </summary>
public static class SubjectIdentifier
{
    private static readonly byte[] Purpose = Encoding.UTF8.GetBytes("pairwise-subject");

    public static string Of(Client client, string userId, Tenant tenant) => Pairwise(client, userId, tenant) ?? userId;

    /// <summary>HMAC over the sector and the user, under the tenant's salt (§8.1).</summary>
    /// <returns>Null for a client whose subjects are user ids.</returns>
    public static string? Pairwise(Client client, string userId, Tenant tenant)
    {
        if (client.SubjectType != SubjectTypes.Pairwise)
            return null;
        var sector =
            SectorOf(client)
            ?? throw new InvalidOperationException($"Client {client.ClientId} is pairwise and has no sector.");
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, tenant.SubjectSalt, outputLength: 32, info: Purpose);
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{sector}\n{userId}")));
    }

    /// <summary>
    /// The host of <c>sector_identifier_uri</c>, else the one host of all callbacks; null when there is none. A
    /// private-use scheme is used as a whole: the host behind it could be anyone's.
    /// </summary>
    public static string? SectorOf(Client client)
    {
        var hosts = (client.SectorIdentifierUri is { } sector ? [sector] : client.Callbacks)
            .Select(HostOrScheme).Distinct(StringComparer.Ordinal).ToList();
        return hosts is [{ Length: > 0 } only] ? only : null;
    }

    private static string HostOrScheme(string uri)
    {
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var parsed))
            return "";
        return parsed.Scheme is "https" or "http" ? parsed.Host : parsed.Scheme + ":";
    }
}
