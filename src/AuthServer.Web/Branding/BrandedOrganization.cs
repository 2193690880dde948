using AuthServer.Core.Model;

namespace AuthServer.Web.Branding;

/// <summary>Organization that this request's page is for; set before the page is rendered.</summary>
public sealed class BrandedOrganization
{
    /// <summary>Null: the brand of the tenant.</summary>
    public Organization? Organization { get; set; }
}
