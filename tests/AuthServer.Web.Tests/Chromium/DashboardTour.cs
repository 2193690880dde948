using AuthServer.Core.Model;
using AuthServer.TestKit;
using Microsoft.Playwright;

namespace AuthServer.Web.Tests.Chromium;

/// <summary>The way to every page of the dashboard.</summary>
internal static class DashboardTour
{
    public static async IAsyncEnumerable<string> WalkAsync(IPage page, TestServer server, Client client)
    {
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/dashboard/applications");
        await PageTour.SignInAsync(page, TestServer.AdminPassword);
        await page.WaitForURLAsync("**/dashboard/applications");
        yield return "dashboard-applications";
        var api = await server.AddApiAsync(
            a => a.Scopes = [new("read:orders", "Read orders"), new("write:orders", "Change orders")], "orders:api");
        var application = "/dashboard/applications/" + client.ClientId;
        var user = "/dashboard/users/" + Uri.EscapeDataString((await server.AdministratorAsync()).UserId);
        foreach (var (name, path) in new[]
        {
            ("dashboard", "/dashboard"),
            ("application", application),
            ("application-new", "/dashboard/applications/new"),
            ("quickstart", application + "/quickstart"),
            ("credentials", application + "/credentials"),
            ("application-connections", application + "/connections"),
            ("application-apis", application + "/apis"),
            ("application-api", $"{application}/apis/{api.PublicId}"),
            ("application-advanced", application + "/advanced"),
            ("application-delete", application + "/delete"),
            ("users", "/dashboard/users"),
            ("user", user),
            ("user-edit", user + "/edit"),
            ("user-sessions", user + "/sessions"),
            ("user-roles", user + "/roles"),
            ("user-applications", user + "/applications"),
            ("user-history", user + "/history"),
            ("user-metadata", user + "/metadata"),
            ("user-delete", user + "/delete"),
            ("logs", "/dashboard/logs"),
            ("settings", "/dashboard/settings"),
            ("settings-sessions", "/dashboard/settings/sessions"),
            ("settings-sign-out", "/dashboard/settings/sign-out"),
            ("settings-advanced", "/dashboard/settings/advanced"),
        })
        {
            await page.GotoAsync(path);
            yield return "dashboard-" + name;
        }

        await foreach (var name in OrganizationsTour.WalkAsync(page, server, client))
            yield return name;
        await foreach (var name in ActionsTour.WalkAsync(page, server))
            yield return name;
        await foreach (var name in AccessTour.WalkAsync(page, server, api))
            yield return name;
        foreach (var (name, path) in await DashboardSignInTour.PathsAsync(server))
        {
            await page.GotoAsync(path);
            yield return "dashboard-" + name;
        }

        await page.GotoAsync("/dashboard/logs");
        await page.ClickAsync("a.event >> nth=0");
        yield return "dashboard-log";
        await page.GotoAsync("/dashboard/settings");
        await page.FillAsync("#support_email", "nowhere");
        await page.ClickAsync("#save");
        yield return "dashboard-settings-refused";
        await server.ChangeSettingsAsync(settings => settings.SupportEmail = "other@northwind.example");
        await page.FillAsync("#support_email", "mine@northwind.example");
        await page.ClickAsync("#save");
        yield return "dashboard-settings-outdated";
    }
}
