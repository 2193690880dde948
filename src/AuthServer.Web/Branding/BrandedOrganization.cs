using AuthServer.Core.Organizations;

namespace AuthServer.Web.Branding;

/// <summary>The organization in whose name this request's page speaks; said before the page is drawn.</summary>
public sealed class BrandedOrganization
{
    /// <summary>Null: the tenant speaks for itself.</summary>
    public Organization? Organization { get; set; }
}
