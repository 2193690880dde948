using AuthServer.Core.Model;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace AuthServer.Web.Tests.Chromium;

/// <summary>The pages of the dashboard about APIs, roles, signing keys and administrators.</summary>
internal static class AccessTour
{
    public static async IAsyncEnumerable<string> WalkAsync(IPage page, TestServer server, ResourceServer api)
    {
        var ofApi = "/dashboard/apis/" + api.PublicId;
        var role = await server.WithAsync<Storage.AuthDbContext, string>(
            db => db.Roles.Where(r => r.Name == "Administrator").Select(r => r.Id).SingleAsync());
        var ofRole = "/dashboard/roles/" + role;
        var user = Uri.EscapeDataString((await server.AdministratorAsync()).UserId);
        var kid = await server.WithAsync<Storage.AuthDbContext, string>(
            db => db.SigningKeys.Where(k => k.State == SigningKeyState.Current).Select(k => k.Kid).FirstAsync());
        foreach (var (name, path) in new[]
        {
            ("apis", "/dashboard/apis"),
            ("api-new", "/dashboard/apis/new"),
            ("api", ofApi),
            ("api-permissions", ofApi + "/permissions"),
            ("api-permission", ofApi + "/permissions?permission=read:orders"),
            ("api-applications", ofApi + "/applications?q=a"),
            ("api-delete", ofApi + "/delete"),
            ("roles", "/dashboard/roles"),
            ("role-new", "/dashboard/roles/new"),
            ("role", ofRole),
            ("role-permissions", ofRole + "/permissions?q=users"),
            ("role-members", ofRole + "/members?q=a"),
            ("role-delete", ofRole + "/delete"),
            ("signing-keys", "/dashboard/signing-keys"),
            ("signing-key-revoke", $"/dashboard/signing-keys/{kid}/revoke"),
            ("settings-tokens", "/dashboard/settings/tokens"),
            ("settings-administrators", "/dashboard/settings/administrators?q=a"),
            ("user-role-remove", $"/dashboard/users/{user}/roles/{role}"),
        })
        {
            await page.GotoAsync(path);
            yield return "dashboard-" + name;
        }
    }
}
