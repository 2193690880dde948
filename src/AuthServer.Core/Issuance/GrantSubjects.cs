using AuthServer.Core.Grants;
using AuthServer.Core.Resources;
using AuthServer.Core.Users;

namespace AuthServer.Core.Issuance;

/// <summary>Whom a grant speaks for today, and at which API.</summary>
public sealed record GrantSubject(User User, ResourceServer? Api)
{
    /// <summary>A refresh may name the API that the grant is for, and no other (RFC 9700 §2.3).</summary>
    public bool IsAudience(string? asked, Grant grant) => asked is null || string.Equals(asked, grant.Audience, StringComparison.Ordinal);

    /// <summary>The same in the words of RFC 8707 §2.2.</summary>
    public bool IsResource(string? asked, Grant grant) => asked is null || RequestedApi.IsNamedBy(asked, grant.Audience);

    /// <summary>What is left of the granted scopes: an API may have dropped one since (CVE-2026-43983).</summary>
    public Scopes Allowed(Scopes granted) => granted.Where(scope => scope switch
    {
        "offline_access" => Api is not { AllowOfflineAccess: false },
        _ => Scopes.Standard.Contains(scope) || Api?.Defines(scope) == true,
    });
}

/// <summary>Looks the user and the API of a grant up again, at every issuance.</summary>
public sealed class GrantSubjects(IUserStore users, IResourceServerStore apis)
{
    /// <returns>Null when the user is gone or blocked, or the API is gone.</returns>
    public async Task<GrantSubject?> FindAsync(Grant grant, CancellationToken ct)
    {
        if (await users.FindAsync(grant.UserId, ct) is not { Blocked: false } user)
            return null;
        if (grant.Audience is null)
            return new GrantSubject(user, null);
        return await apis.FindAsync(grant.Audience, ct) is { } api ? new GrantSubject(user, api) : null;
    }
}
