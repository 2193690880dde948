using AuthServer.Core.Model;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Organizations;

/// <summary>The values of members that speak of organizations.</summary>
internal static class OrganizationKinds
{
    public static JsonValidator Usage { get; } =
        JsonValidators.OneOf(OrganizationUsages.Deny, OrganizationUsages.Allow, OrganizationUsages.Require);

    public static JsonValidator Prompt { get; } =
        JsonValidators.OneOf(OrganizationPrompts.None, OrganizationPrompts.BeforeLogin, OrganizationPrompts.AfterLogin);
}
