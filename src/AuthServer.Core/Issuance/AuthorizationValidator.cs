using AuthServer.Core.Model;
using AuthServer.Core.Organizations;
using AuthServer.Core.Resources;
using AuthServer.Core.Roles;

namespace AuthServer.Core.Issuance;

/// <summary>Current user and API of an authorization.</summary>
public sealed record AuthorizationSubject(User User, ResourceServer? Api)
{
    /// <summary>The organization that the user is signed in to; null for their own account.</summary>
    public Organization? Organization { get; init; }

    /// <summary>Permissions of the user at the API; null when the API does not enforce them.</summary>
    public IReadOnlyList<string>? Permissions { get; init; }

    /// <summary>A refresh may name the API that the authorization is for, and no other (RFC 9700 §2.3).</summary>
    public bool IsAudience(string? asked, Authorization authorization) =>
        asked is null || string.Equals(asked, authorization.Audience, StringComparison.Ordinal);

    /// <summary>The same in the words of RFC 8707 §2.2.</summary>
    public bool IsResource(string? asked, Authorization authorization) =>
        asked is null || RequestedResourceServer.IsNamedBy(asked, authorization.Audience);

    /// <summary>
    /// Granted scopes that are still valid: an API may have removed one since (CVE-2026-43983), or the user lost a
    /// permission.
    /// </summary>
    public Scopes Allowed(Scopes granted) => granted.Where(scope => scope switch
    {
        "offline_access" => Api is not { AllowOfflineAccess: false },
        _ => Scopes.Standard.Contains(scope)
            || (Api?.Defines(scope) == true && Permissions?.Contains(scope, StringComparer.Ordinal) != false),
    });
}

/// <summary>
/// At every issuance, checks the user that was read with the authorization, and looks its API and its organization
/// up again.
/// </summary>
public sealed class AuthorizationValidator(
    IResourceServerStore apis, IPermissionStore permissions, IOrganizationStore organizations)
{
    /// <param name="client">The client.</param>
    /// <param name="authorization">As it was read, with its user.</param>
    /// <param name="ct">Ends the wait for the store.</param>
    /// <returns>Null when the user is gone, blocked or no longer a member of the organization, or the API or the
    /// organization is gone.</returns>
    public async Task<AuthorizationSubject?> FindAsync(Client client, Authorization authorization, CancellationToken ct)
    {
        if (authorization.User is not { Blocked: false } user)
            return null;
        var organization = await OrganizationAsync(client, authorization, ct);
        if (organization is null
            && (authorization.OrganizationId is not null || client.OrganizationUsage == OrganizationUsages.Require))
            return null;
        if (authorization.Audience is null)
            return new AuthorizationSubject(user, null) { Organization = organization };
        return await apis.FindAsync(authorization.Audience, ct) is { } api
            ? await OfAsync(user, api, organization, ct)
            : null;
    }

    /// <summary>For an authorization that is about to be made.</summary>
    public async Task<AuthorizationSubject> OfAsync(
        User user, ResourceServer? api, Organization? organization, CancellationToken ct)
    {
        var permitted = api is { EnforcePolicies: true }
            ? await permissions.FindAsync(user.UserId, api.Identifier, organization?.Id, ct)
            : null;
        return new AuthorizationSubject(user, api)
        {
            Organization = organization,
            Permissions = permitted?.Where(api!.Defines).ToList(),
        };
    }

    /// <summary>
    /// The authorization's organization while it exists, lets the client in, and has the user as a member
    /// (CVE-2026-43983).
    /// </summary>
    private async Task<Organization?> OrganizationAsync(
        Client client, Authorization authorization, CancellationToken ct) =>
        authorization.OrganizationId is { } id && await organizations.FindAsync(id, ct) is { } organization
            && organization.Admits(client)
        && await organizations.IsMemberAsync(id, authorization.UserId, ct)
            ? organization
            : null;
}
