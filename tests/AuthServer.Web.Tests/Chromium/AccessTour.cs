using AuthServer.Core.Resources;
using Microsoft.Playwright;

namespace AuthServer.Web.Tests.Chromium;

/// <summary>The pages of the dashboard about APIs.</summary>
internal static class AccessTour
{
    public static async IAsyncEnumerable<string> WalkAsync(IPage page, ResourceServer api)
    {
        var path = "/dashboard/apis/" + api.PublicId;
        foreach (var (name, at) in new[]
        {
            ("apis", "/dashboard/apis"),
            ("api-new", "/dashboard/apis/new"),
            ("api", path),
            ("api-permissions", path + "/permissions"),
            ("api-permission", path + "/permissions?permission=read:orders"),
            ("api-applications", path + "/applications?q=a"),
            ("api-delete", path + "/delete"),
        })
        {
            await page.GotoAsync(at);
            yield return "dashboard-" + name;
        }
    }
}
