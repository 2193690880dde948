using System.Buffers.Text;
using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Web.Branding;
using AuthServer.Web.Management;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Areas.Dashboard.Pages.Applications;

/// <summary>What stands at the head of every page of an application.</summary>
internal sealed record ApplicationView(JsonObject Client, ManagementPrincipal Principal)
{
    public string ClientId => (string)Client["client_id"]!;

    public string Name => DisplayText.Of((string)Client["name"]!);

    public string Path => "/dashboard/applications/" + ClientId;

    public bool IsSystem => DashboardApplication.Is(ClientId);

    public bool HasSecret => !IsSystem
        && (string?)Client["token_endpoint_auth_method"]
            is TokenEndpointAuthMethods.ClientSecretPost or TokenEndpointAuthMethods.ClientSecretBasic;

    public IReadOnlyList<Tab> Tabs =>
    [
        new("Dashboard.Client.Settings", Path, typeof(SettingsModel)),
        new("Dashboard.Client.Quickstart", Path + "/quickstart", typeof(QuickstartModel)),
        new("Dashboard.Client.Credentials", Path + "/credentials", typeof(CredentialsModel)),
        new("Dashboard.Client.Connections", Path + "/connections", typeof(ConnectionsModel)),
        new("Dashboard.Client.Apis", Path + "/apis", typeof(ApisModel)),
        new("Dashboard.Organizations", Path + "/organizations", typeof(OrganizationsModel)),
        new("Dashboard.Client.Advanced", Path + "/advanced", typeof(AdvancedModel)),
    ];

    /// <summary>
    /// An authorization request of the application, which ends at its first callback; null when it can't send one. The
    /// verifier is thrown away: nothing redeems its code.
    /// </summary>
    public string? SignInPath => Has("grant_types", "authorization_code") && !IsSystem
        && Client["callbacks"] is JsonArray { Count: > 0 } callbacks
        ? QueryHelpers.AddQueryString("/authorize", new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["response_type"] = "code",
            ["client_id"] = ClientId,
            ["redirect_uri"] = (string)callbacks[0]!,
            ["scope"] = "openid profile email",
            ["prompt"] = "login",
            ["code_challenge"] = Base64Url.EncodeToString(OpaqueToken.Bytes(32)),
            ["code_challenge_method"] = Pkce.Method,
        })
        : null;

    public bool Has(string member, string value) =>
        Client[member] is JsonArray list && list.Any(item => (string?)item == value);
}
