using AuthServer.Core.Model;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Organizations;

/// <summary>Ids and names of organizations, and how a request names one.</summary>
public static class OrganizationNames
{
    private const string IdPrefix = "org_";
    private const int MaxNameLength = 50;

    public static string NewId() => IdPrefix + OpaqueToken.Alphanumeric(16);

    /// <summary>Nothing that looks like an id is a name.</summary>
    public static bool IsName(string text) =>
        text.Length is >= 1 and <= MaxNameLength
        && !text.StartsWith(IdPrefix, StringComparison.Ordinal)
        && text[0] is not ('_' or '-')
        && text.All(character =>
            char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '_' or '-');

    /// <summary>
    /// The organization of an <c>organization</c> parameter: its id, or its name where the tenant lets names pass.
    /// </summary>
    public static async Task<Result<Organization>> FindAsync(
        string asked, Tenant tenant, IOrganizationStore organizations, CancellationToken ct)
    {
        var isId = asked.StartsWith(IdPrefix, StringComparison.Ordinal);
        if (!isId && !tenant.Settings.AllowOrganizationNames)
            return OAuthError.InvalidRequest("authorization request parameter organization must be an organization id");
        var found = isId
            ? await organizations.FindAsync(asked, ct)
            : await organizations.FindByNameAsync(asked.ToLowerInvariant(), ct);
        return found is not null ? found : OAuthError.InvalidRequest($"parameter organization is invalid: {asked}");
    }
}
