using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Web.Management.Organizations;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.ClientGrants;

/// <summary>The members of a client grant. Its audience stands here in its stored form.</summary>
internal static class ClientGrantModel
{
    public static ResourceSchema<ClientGrant> Wire { get; } =
        new ResourceSchema<ClientGrant>()
            .Shown("id", g => g.Id)
            .AtCreate("client_id", JsonValidators.Text, g => g.ClientId)
            .AtCreate("audience", JsonValidators.Text, g => g.Audience)
            .With(new("scope", g => JsonText.ArrayOf(g.Scope), ReadScope))
            .AtCreate("subject_type", JsonValidators.OneOf("client"), _ => "client")
            .Text(
                "organization_usage",
                g => g.OrganizationUsage,
                (g, v) => g.OrganizationUsage = v,
                OrganizationKinds.Usage,
                OrganizationUsages.Deny)
            .Flag("allow_any_organization", g => g.AllowAnyOrganization, (g, v) => g.AllowAnyOrganization = v)
            .Absent("authorization_details_types", "[]")
            .Flag("allow_all_scopes", g => g.AllowsAllScopes, (g, v) => g.AllowsAllScopes = v);

    public static JsonObject Write(ClientGrant grant, Issuer issuer)
    {
        var json = Wire.Write(grant);
        json["audience"] = issuer.Absolute(grant.Audience);
        return json;
    }

    private static ValidationError? ReadScope(ClientGrant grant, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            grant.Scope = Scopes.None;
            return null;
        }

        if (JsonValidators.Texts(value) is { } mistyped)
            return mistyped;
        string[] scopes = [.. value.EnumerateArray().Select(scope => scope.GetString()!)];
        if (Array.Exists(scopes, scope => scope.Length == 0 || scope.Contains(' ', StringComparison.Ordinal)))
            return "A scope is not empty and has no space";
        grant.Scope = Scopes.Of(scopes);
        return null;
    }
}
