using AuthServer.Core.Model;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Organizations;

/// <summary>An address of an organization's connections.</summary>
/// <param name="Key">The last part of the path, and the name of its list.</param>
/// <param name="OnlyEnabled">Connections that are switched off are not found.</param>
/// <param name="Wire">The members.</param>
internal sealed record OrganizationConnectionView(
    string Key, bool OnlyEnabled, ResourceSchema<OrganizationConnection> Wire)
{
    public static OrganizationConnectionView Enabled { get; } =
        new("enabled_connections", OnlyEnabled: true, OrganizationConnectionModel.Older);

    public static OrganizationConnectionView All { get; } =
        new("connections", OnlyEnabled: false, OrganizationConnectionModel.Newer);
}
