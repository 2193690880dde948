using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Logs;
using AuthServer.Core.Roles;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Web.Management;
using AuthServer.Web.Startup;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Commands;

/// <summary>
/// <c>administrator USER</c>: gives a user the role Administrator, while the server runs or not. For stores in which no
/// user can open the dashboard.
/// </summary>
internal static class AdministratorCommand
{
    private const string Description = "Role Administrator given by the command line";

    /// <param name="services">Of a server that is built; it need not run.</param>
    /// <param name="name">The user's address or id.</param>
    /// <param name="ct">Ends the work.</param>
    /// <returns>The id of the user.</returns>
    /// <exception cref="StartupException">The store is not filled, or the name is not that of one user.</exception>
    public static async Task<string> RunAsync(IServiceProvider services, string name, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        if (!await scope.ServiceProvider.GetRequiredService<IStoreProbe>().IsReadyAsync(ct))
            throw new StartupException("The store is not filled yet, or is of an earlier version: start the server.");
        var now = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        var userId = await GiveAsync(scope.ServiceProvider, name, now, ct);

        var details = new JsonObject { ["user_id"] = userId, ["channel"] = "command" };
        await scope.ServiceProvider.GetRequiredService<ILogEventStore>().AppendAsync(
            [
                new LogEvent
                {
                    Date = now,
                    Type = LogEventTypes.ApiOperation.Code,
                    Description = Description,
                    Details = details.ToJsonString(JsonText.Relaxed),
                },
            ],
            ct);
        return userId;
    }

    private static async Task<string> GiveAsync(
        IServiceProvider services, string name, DateTimeOffset now, CancellationToken ct)
    {
        var db = services.GetRequiredService<AuthDbContext>();
        await using var write = await services.GetRequiredService<TenantWrites>().BeginAsync(ct);
        var user = await FindUserAsync(db, name, ct);
        var role = await RoleAsync(db, now, ct);
        if (!await db.RoleMembers.AnyAsync(m => m.RoleId == role && m.UserId == user.UserId, ct))
            db.Add(new RoleMember { RoleId = role, UserId = user.UserId });
        await write.SaveAsync(ct);
        return user.UserId;
    }

    private static async Task<User> FindUserAsync(AuthDbContext db, string name, CancellationToken ct)
    {
        var address = LoginIdentifier.Normalize(name);
        var found = await db.Users.AsNoTracking()
            .Where(u => u.UserId == name || u.NormalizedEmail == address).OrderBy(u => u.UserId).Take(10)
            .ToListAsync(ct);
        return found switch
        {
            [var user] => user,
            [] => throw new StartupException($"There is no user with the address or id {name}."),
            _ => throw new StartupException(
                $"Several users have the address {name}. Name one by the id: "
                + string.Join(", ", found.Select(user => user.UserId))),
        };
    }

    /// <returns>The id of the role, which is made when there is none.</returns>
    private static async Task<string> RoleAsync(AuthDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var role = await db.Roles.Include(r => r.Permissions)
            .SingleOrDefaultAsync(r => r.Name == DefaultRoles.AdministratorName, ct);
        if (role is null)
            db.Add(role = DefaultRoles.Administrator(now));
        return role.Permissions.Exists(p => p.Audience == Issuer.ManagementApi)
            ? role.Id
            : throw new StartupException(
                $"The role {DefaultRoles.AdministratorName} has no permissions of the Management API any more.");
    }
}
