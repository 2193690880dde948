using System.Net;
using AuthServer.Core.Model;
using AuthServer.Core.Roles;
using AuthServer.Storage;
using AuthServer.TestKit;
using AuthServer.Web.Commands;
using AuthServer.Web.Startup;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Dashboard;

/// <summary>The dashboard of a store that has no administrator, as one of an earlier version.</summary>
public sealed class OlderStoreTests
{
    [Fact]
    public async Task A_start_makes_the_roles_and_the_command_gives_the_first_administrator_theirs()
    {
        using var directory = new TemporaryDirectory();
        await using (var before = new TestServer(directory.Path))
        {
            await before.AddUserAsync("grace@example.com", DashboardSession.Password);
            await before.ChangeAsync(db => db.Roles.ExecuteDeleteAsync());
        }

        await using var server = new TestServer(directory.Path);
        Assert.Equal(["Administrator", "Viewer"], await RolesAsync(server));
        Assert.Equal(0, await server.WithAsync<AuthDbContext, int>(db => db.RoleMembers.CountAsync()));
        using var browser = await server.OpenDashboardAsync("grace@example.com", DashboardSession.Password);
        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);

        await RefusedAsync("nobody@example.com", "no user");
        var id = await server.WithAsync<AuthDbContext, string>(
            db => db.Users.Where(u => u.Email == "grace@example.com").Select(u => u.UserId).SingleAsync());
        await RefusedAsync("grace@example.com", id);
        await server.ChangeAsync<User>(u => u.UserId == id, u => (u.EmailVerified, u.Blocked) = (true, true));
        await RefusedAsync("grace@example.com", "blocked");
        await RefusedAsync(id, "blocked");
        await server.ChangeAsync<User>(u => u.UserId == id, u => u.Blocked = false);
        await server.ChangeAsync(db => db.RolePermissions.Where(p => p.Name == "read:logs").ExecuteDeleteAsync());
        await GiveAsync("Grace@example.com");
        await GiveAsync("grace@example.com");
        await browser.OpenAsync("/dashboard/logs?what=changes");
        Assert.Contains("given by the command line", browser.Text, StringComparison.Ordinal);

        Task<string> GiveAsync(string user) =>
            AdministratorCommand.RunAsync(server.Services, user, CancellationToken.None);

        async Task RefusedAsync(string user, string reason) =>
            Assert.Contains(
                reason,
                (await Assert.ThrowsAsync<StartupException>(() => GiveAsync(user))).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_was_deleted_stays_so_while_there_is_an_administrator()
    {
        using var directory = new TemporaryDirectory();
        await using (var before = new TestServer(directory.Path))
        {
            await before.ChangeAsync(
                db => db.Roles.Where(r => r.Name == DefaultRoles.ViewerName).ExecuteDeleteAsync());
        }

        await using var server = new TestServer(directory.Path);
        Assert.Equal(["Administrator"], await RolesAsync(server));
    }

    private static Task<List<string>> RolesAsync(TestServer server) => server.WithAsync<AuthDbContext, List<string>>(
        db => db.Roles.OrderBy(r => r.Name).Select(r => r.Name).ToListAsync());
}
