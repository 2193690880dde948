using System.Text.Json;
using AuthServer.Core.Model;
using AuthServer.Core.Organizations;
using AuthServer.Web.Management.Branding;
using AuthServer.Web.Management.Clients;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Organizations;

/// <summary>The members of an organization.</summary>
internal static class OrganizationModel
{
    private const string Open = "allow";
    private const string Closed = "block";

    public static ResourceSchema<Organization> Wire { get; } =
        new ResourceSchema<Organization>()
            .Shown("id", o => o.Id)
            .Text("name", o => o.Name, (o, v) => o.Name = v, Name)
            .OptionalText("display_name", o => o.DisplayName, (o, v) => o.DisplayName = v, JsonValidators.TextUpTo(255))
            .Nested(
                "branding",
                ResetBranding,
                new ResourceSchema<Organization>()
                    .OptionalText("logo_url", o => o.LogoUrl, (o, v) => o.LogoUrl = v, BrandingModel.Address)
                    .Nested(
                        "colors",
                        ResetColours,
                        new ResourceSchema<Organization>()
                            .OptionalText(
                                "primary", o => o.PrimaryColor, (o, v) => o.PrimaryColor = v, BrandingModel.Color)
                            .OptionalText(
                                "page_background",
                                o => o.PageBackground,
                                (o, v) => o.PageBackground = v,
                                BrandingModel.Color)))
            .Dictionary("metadata", o => o.Metadata, (o, v) => o.Metadata = v, most: 25, longest: 255, isReplaced: true)
            .Text(
                "third_party_client_access",
                o => o.AllowsThirdParties ? Open : Closed,
                (o, v) => o.AllowsThirdParties = v == Open,
                JsonValidators.OneOf(Open, Closed),
                Closed)
            .Unsupported("is_app_entitlement_active", "false")
            .Accepted("enabled_connections", JsonValidators.Array)
            .TokenQuota("token_quota", o => o.TokenQuota, (o, v) => o.TokenQuota = v);

    private static string? Name(JsonElement value) =>
        JsonValidators.Text(value) ?? (OrganizationNames.IsName(value.GetString()!)
            ? null
            : "Expected 1 to 50 of a-z, 0-9, _ and -, beginning with a letter or digit, and not with org_");

    private static void ResetBranding(Organization organization)
    {
        organization.LogoUrl = null;
        ResetColours(organization);
    }

    private static void ResetColours(Organization organization) =>
        (organization.PrimaryColor, organization.PageBackground) = (null, null);
}
