using System.Net;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Core.Resources;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.TestKit;
using AuthServer.Web.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Web.Tests.Dashboard;

/// <summary>What the start makes for the dashboard, and what the configuration closes.</summary>
public sealed class AvailabilityTests
{
    [Theory]
    [InlineData("AuthServer:Dashboard:Enabled", "false", HttpStatusCode.NotFound)]
    [InlineData("AuthServer:Dashboard:Addresses:0", "192.0.2.0/24", HttpStatusCode.NotFound)]
    [InlineData("AuthServer:Dashboard:Addresses:0", "127.0.0.0/8", HttpStatusCode.Redirect)]
    public async Task The_configuration_says_for_whom_there_is_one(string key, string value, HttpStatusCode expected)
    {
        await using var server = new TestServer(
            settings: new Dictionary<string, string?>(StringComparer.Ordinal) { [key] = value });
        using var http = server.NewHttp();
        foreach (var path in (string[])["/dashboard", "/dashboard/forbidden"])
        {
            using var answer = await http.GetAsync(path);
            Assert.Equal(expected, answer.StatusCode);
        }

        using var browser = new Browser(server);
        await browser.OpenAsync("/");
        Assert.Equal(expected != HttpStatusCode.NotFound, browser.Has("dashboard"));
    }

    [Fact]
    public async Task The_first_start_makes_the_roles()
    {
        await using var server = new TestServer();
        var roles = await server.WithAsync<AuthDbContext, List<Role>>(
            db => db.Roles.Include(r => r.Permissions).OrderBy(r => r.Name).ToListAsync());

        Assert.Equal(["Administrator", "Viewer"], roles.Select(r => r.Name));
        Assert.All(roles.SelectMany(r => r.Permissions), p => Assert.Equal(Issuer.ManagementApi, p.Audience));
        Assert.Equal(ManagementScopes.All.Order(), roles[0].Permissions.Select(p => p.Name).Order());
        var seen = roles[1].Permissions.Select(p => p.Name).ToList();
        Assert.All(seen, scope => Assert.StartsWith("read:", scope, StringComparison.Ordinal));
        Assert.Contains("read:clients", seen);
        Assert.DoesNotContain("read:client_keys", seen);
        Assert.DoesNotContain("read:organization_invitations", seen);
        var administrator = await server.AdministratorAsync();
        var member = await server.WithAsync<AuthDbContext, RoleMember>(db => db.RoleMembers.SingleAsync());
        Assert.Equal((roles[0].Id, administrator.UserId), (member.RoleId, member.UserId));
    }

    [Fact]
    public async Task A_store_without_its_client_gets_it_at_the_start()
    {
        using var folder = new TemporaryDirectory();
        await using (var first = new TestServer(folder.Path))
        {
            await first.WithAsync<AuthDbContext, int>(
                db => db.Clients.Where(c => c.ClientId == DashboardApplication.ClientId).ExecuteDeleteAsync());
        }

        await using var server = new TestServer(folder.Path);
        using var browser = await server.OpenDashboardAsync();

        Assert.Equal((HttpStatusCode.OK, "/dashboard"), (browser.Status, browser.Url.AbsolutePath));
    }

    [Fact]
    public async Task Each_listener_signs_in_at_itself()
    {
        await using var server = new TestServer(listeners: 2);
        foreach (var issuer in server.Services.GetRequiredService<IssuerSource>().All)
        {
            using var browser = new Browser(issuer.Uri);
            await browser.OpenAsync("/dashboard");
            await browser.SignInAsync();
            await browser.ClickAsync("way-on");
            Assert.Equal(issuer.At("/dashboard"), browser.Url.AbsoluteUri);
        }
    }
}
