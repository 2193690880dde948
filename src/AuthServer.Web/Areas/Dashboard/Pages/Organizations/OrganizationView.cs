using System.Text.Json.Nodes;
using AuthServer.Web.Branding;
using AuthServer.Web.Management;

namespace AuthServer.Web.Areas.Dashboard.Pages.Organizations;

/// <summary>What stands at the head of every page of an organization.</summary>
internal sealed record OrganizationView(JsonObject Json, ManagementPrincipal Principal)
{
    public string Id => (string)Json["id"]!;

    public string Path => PathOf(Json);

    public string Name => NameOf(Json);

    public IReadOnlyList<Tab> Tabs =>
    [
        new("Dashboard.Organization.Overview", Path, typeof(OverviewModel)),
        new("Dashboard.Organization.Members", Path + "/members", typeof(MembersModel)),
        new("Dashboard.Organization.Invitations", Path + "/invitations", typeof(InvitationsModel)),
        new("Dashboard.Organization.Connections", Path + "/connections", typeof(ConnectionsModel)),
    ];

    public static string PathOf(JsonObject organization) => "/dashboard/organizations/" + organization["id"];

    /// <summary>As users see it.</summary>
    public static string NameOf(JsonObject organization) => DisplayText.Of(
        (string?)organization["display_name"] is { Length: > 0 } shown ? shown : (string)organization["name"]!);
}
