using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.TestKit;
using AuthServer.Web.Tests.Dashboard;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Chromium;

/// <summary>The dashboard's pages of how users sign in.</summary>
internal static class DashboardSignInTour
{
    public static async Task<IReadOnlyList<(string Name, string Path)>> PathsAsync(TestServer server)
    {
        const string List = "/dashboard/connections";
        var provider = await server.AddGitHubAsync();
        var database = await server.WithAsync<AuthDbContext, string>(
            db => db.Connections.Where(c => c.Name == Connection.DefaultDatabase).Select(c => c.Id).SingleAsync());
        await server.BlockAsync(LoginRules.AccountFromAddress(
            (await server.AdministratorAsync()).UserId, "203.0.113.7"));
        await server.BlockAsync(LoginRules.Address("2001:db8::/64"));
        return
        [
            ("connections", List),
            ("connection-new", List + "/new"),
            ("connection-new-oidc", List + "/new?strategy=oidc"),
            ("connection-database", $"{List}/{database}"),
            ("connection-github", $"{List}/{provider.Id}"),
            ("connection-provider", $"{List}/{provider.Id}/provider"),
            ("connection-try", $"{List}/{provider.Id}/try"),
            ("connection-delete", $"{List}/{database}/delete"),
            ("protection", "/dashboard/protection"),
            ("protection-limits", "/dashboard/protection/limits"),
            ("branding", "/dashboard/branding?scheme=dark&language=ja"),
        ];
    }
}
