using AuthServer.Core.Jose;
using AuthServer.Core.Model;

namespace AuthServer.Core.Tenants;

/// <summary>
/// The tenant that a request belongs to, as it stood when the request came in. Nothing that belongs to a tenant is
/// reached in any other way.
/// </summary>
public sealed record Tenant(Issuer Issuer, TenantSettings Settings, KeyRing Keys)
{
    /// <summary>Salt that makes pairwise subjects unique to this tenant.</summary>
    public required byte[] SubjectSalt { get; init; }
}
