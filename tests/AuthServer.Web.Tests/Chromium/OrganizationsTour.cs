using AuthServer.Core.Model;
using AuthServer.TestKit;
using Microsoft.Playwright;

namespace AuthServer.Web.Tests.Chromium;

/// <summary>The pages of organizations in the dashboard.</summary>
internal static class OrganizationsTour
{
    public static async IAsyncEnumerable<string> WalkAsync(IPage page, TestServer server, Client client)
    {
        var user = await server.AdministratorAsync();
        var acme = await server.AddOrganizationAsync("acme-corporation", o => o.DisplayName = "Acme Corporation", user);
        var invited = await server.AddOrganizationClientAsync("require", change: c => c.Name = "Travel desk");
        await server.InviteAsync(acme, invited, "hedy.lamarr@northwind.example");
        var path = "/dashboard/organizations/" + acme.Id;
        foreach (var (name, tab) in new[]
        {
            ("organizations", "/dashboard/organizations"),
            ("organization-new", "/dashboard/organizations/new"),
            ("organization", path),
            ("organization-members", path + "/members?q=a"),
            ("organization-member", $"{path}/members/{Uri.EscapeDataString(user.UserId)}"),
            ("organization-invitations", path + "/invitations"),
            ("organization-connections", path + "/connections"),
            ("organization-connection", $"{path}/connections/{acme.Connections[0].ConnectionId}"),
            ("organization-delete", path + "/delete"),
            ("user-organizations", $"/dashboard/users/{Uri.EscapeDataString(user.UserId)}/organizations"),
            ("application-organizations", $"/dashboard/applications/{client.ClientId}/organizations"),
            ("organization-invite", path + "/invitations/new"),
        })
        {
            await page.GotoAsync(tab);
            yield return "dashboard-" + name;
        }

        await page.FillAsync("#invitee-email", "grace.hopper@northwind.example");
        await page.ClickAsync("#save");
        yield return "dashboard-organization-invited";
    }
}
