using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Organizations;
using AuthServer.Core.Tenants;
using AuthServer.Web.Management.Organizations;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.ClientGrants;

/// <summary>The members of a client grant. Its audience stands here in its stored form.</summary>
internal static class ClientGrantModel
{
    private const string AllScopes = "allow_all_scopes";

    public static WireTable<ClientGrant> Wire { get; } = new WireTable<ClientGrant>(g => g.Other, (g, v) => g.Other = v)
        .Shown("id", g => g.Id)
        .AtCreate("client_id", JsonKinds.Text, g => g.ClientId)
        .AtCreate("audience", JsonKinds.Text, g => g.Audience)
        .With(new("scope", g => WireTable<ClientGrant>.ArrayOf(g.Scope), ReadScope))
        .AtCreate("subject_type", JsonKinds.OneOf("client"), _ => "client")
        .Text("organization_usage", g => g.OrganizationUsage, (g, v) => g.OrganizationUsage = v, OrganizationKinds.Usage, OrganizationUsages.Deny)
        .Flag("allow_any_organization", g => g.AllowAnyOrganization, (g, v) => g.AllowAnyOrganization = v)
        .Keep("authorization_details_types", JsonKinds.Texts)
        .Keep(AllScopes, JsonKinds.Flag);

    public static JsonObject Write(ClientGrant grant, Issuer issuer)
    {
        var json = Wire.Write(grant);
        json["audience"] = issuer.Absolute(grant.Audience);
        return json;
    }

    public static bool AllowsAllScopes(ClientGrant grant) => JsonNode.Parse(grant.Other)?[AllScopes]?.GetValue<bool>() == true;

    private static Problem? ReadScope(ClientGrant grant, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            grant.Scope = Scopes.None;
            return null;
        }

        if (JsonKinds.Texts(value) is { } mistyped)
            return mistyped;
        string[] scopes = [.. value.EnumerateArray().Select(scope => scope.GetString()!)];
        if (Array.Exists(scopes, scope => scope.Length == 0 || scope.Contains(' ', StringComparison.Ordinal)))
            return "A scope is not empty and has no space";
        grant.Scope = Scopes.Of(scopes);
        return null;
    }
}
