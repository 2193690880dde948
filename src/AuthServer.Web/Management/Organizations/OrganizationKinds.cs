using AuthServer.Core.Organizations;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Organizations;

/// <summary>The values of members that speak of organizations.</summary>
internal static class OrganizationKinds
{
    public static JsonKind Usage { get; } = JsonKinds.OneOf(OrganizationUsages.Deny, OrganizationUsages.Allow, OrganizationUsages.Require);

    public static JsonKind Prompt { get; } = JsonKinds.OneOf(OrganizationPrompts.None, OrganizationPrompts.BeforeLogin, OrganizationPrompts.AfterLogin);
}
