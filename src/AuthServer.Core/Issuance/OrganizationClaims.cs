using System.Text.Json;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Issuance;

/// <summary>
/// Auth0's claims of the organization that a token is for: the id, and the name where the tenant shows names.
/// </summary>
public static class OrganizationClaims
{
    public static void Write(Utf8JsonWriter json, Organization? organization, Tenant tenant)
    {
        if (organization is null)
            return;
        json.WriteString("org_id", organization.Id);
        if (tenant.Settings.AllowOrganizationNames)
            json.WriteString("org_name", organization.Name);
    }
}
