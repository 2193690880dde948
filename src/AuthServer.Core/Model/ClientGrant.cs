namespace AuthServer.Core.Model;

/// <summary>
/// Scopes of an API that a client may request in its own name (<c>client_credentials</c>); Auth0's client grant.
/// </summary>
public sealed class ClientGrant
{
    /// <summary><c>cgr_</c> and 16 letters and digits.</summary>
    public required string Id { get; init; }
    public required string ClientId { get; init; }

    /// <summary>Stored form, <see cref="Tenants.Issuer.Stored"/>.</summary>
    public required string Audience { get; init; }
    public Scopes Scope { get; set; } = Scopes.None;

    /// <summary>One of <see cref="OrganizationUsages"/>: whether its tokens are for an organization.</summary>
    public string OrganizationUsage { get; set; } = OrganizationUsages.Deny;

    /// <summary>For any organization, and not just for those that it was given to.</summary>
    public bool AllowAnyOrganization { get; set; }

    /// <summary>Every scope that the API defines, and not just those of <see cref="Scope"/>.</summary>
    public bool AllowsAllScopes { get; set; }
}
