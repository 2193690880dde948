using AuthServer.Core.Grants;
using AuthServer.Core.Resources;
using AuthServer.Core.Roles;
using AuthServer.Core.Users;

namespace AuthServer.Core.Issuance;

/// <summary>Whom a grant speaks for today, and at which API.</summary>
public sealed record GrantSubject(User User, ResourceServer? Api)
{
    /// <summary>What the user may do at the API; null when the API does not enforce it.</summary>
    public IReadOnlyList<string>? Permissions { get; init; }

    /// <summary>A refresh may name the API that the grant is for, and no other (RFC 9700 §2.3).</summary>
    public bool IsAudience(string? asked, Grant grant) => asked is null || string.Equals(asked, grant.Audience, StringComparison.Ordinal);

    /// <summary>The same in the words of RFC 8707 §2.2.</summary>
    public bool IsResource(string? asked, Grant grant) => asked is null || RequestedApi.IsNamedBy(asked, grant.Audience);

    /// <summary>What is left of the granted scopes: an API may have dropped one since (CVE-2026-43983), or the user lost a permission (contract C).</summary>
    public Scopes Allowed(Scopes granted) => granted.Where(scope => scope switch
    {
        "offline_access" => Api is not { AllowOfflineAccess: false },
        _ => Scopes.Standard.Contains(scope) || (Api?.Defines(scope) == true && Permissions?.Contains(scope, StringComparer.Ordinal) != false),
    });
}

/// <summary>Looks the user and the API of a grant up again, at every issuance.</summary>
public sealed class GrantSubjects(IUserStore users, IResourceServerStore apis, IPermissionStore permissions)
{
    /// <returns>Null when the user is gone or blocked, or the API is gone.</returns>
    public async Task<GrantSubject?> FindAsync(Grant grant, CancellationToken ct)
    {
        if (await users.FindAsync(grant.UserId, ct) is not { Blocked: false } user)
            return null;
        if (grant.Audience is null)
            return new GrantSubject(user, null);
        return await apis.FindAsync(grant.Audience, ct) is { } api ? await OfAsync(user, api, ct) : null;
    }

    /// <summary>For a grant that is about to be made.</summary>
    public async Task<GrantSubject> OfAsync(User user, ResourceServer? api, CancellationToken ct)
    {
        var permitted = api is { EnforcePolicies: true } ? await permissions.FindAsync(user.UserId, api.Identifier, ct) : null;
        return new GrantSubject(user, api) { Permissions = permitted?.Where(api!.Defines).ToList() };
    }
}
