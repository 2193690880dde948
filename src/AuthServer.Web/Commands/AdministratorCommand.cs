using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Logs;
using AuthServer.Core.Model;
using AuthServer.Core.Resources;
using AuthServer.Core.Roles;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Web.Management;
using AuthServer.Web.Startup;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Commands;

/// <summary>
/// <c>administrator USER</c>: gives a user the role Administrator, while the server runs or not, and directly the
/// permissions that the role has lost. For stores in which no user can open the dashboard.
/// </summary>
internal static class AdministratorCommand
{
    private const string Description = "Role Administrator given by the command line";

    /// <param name="services">Of a server that is built; it need not run.</param>
    /// <param name="name">The user's address or id.</param>
    /// <param name="ct">Ends the work.</param>
    /// <returns>The id of the user.</returns>
    /// <exception cref="StartupException">
    /// The store is not filled, or the name is not that of one user who can sign in.
    /// </exception>
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
        if (!await db.RoleMembers.AnyAsync(m => m.RoleId == role.Id && m.UserId == user.UserId, ct))
            db.Add(new RoleMember { RoleId = role.Id, UserId = user.UserId });
        await AddLostPermissionsAsync(db, role, user.UserId, ct);
        await write.SaveAsync(ct);
        return user.UserId;
    }

    private static async Task<User> FindUserAsync(AuthDbContext db, string name, CancellationToken ct)
    {
        var users = db.Users.AsNoTracking();
        var user = await users.SingleOrDefaultAsync(u => u.UserId == name, ct)
            ?? await FindByAddressAsync(users, name, ct);
        return user.Blocked
            ? throw new StartupException(
                $"The user {user.UserId} is blocked and can't sign in. Name another user by the id.")
            : user;
    }

    /// <summary>An address that was not verified may be that of an account which its owner did not make.</summary>
    private static async Task<User> FindByAddressAsync(IQueryable<User> users, string name, CancellationToken ct)
    {
        var address = LoginIdentifier.Normalize(name);
        var found = await users.Where(u => u.NormalizedEmail == address).OrderBy(u => u.UserId).Take(10)
            .ToListAsync(ct);
        return found switch
        {
            [{ EmailVerified: true } user] => user,
            [var user] => throw new StartupException(
                $"The address {name} is not verified. If the user is the right one, name them by the id: "
                + user.UserId),
            [] => throw new StartupException($"There is no user with the address or id {name}."),
            _ => throw new StartupException(
                $"Several users have the address {name}. Name one by the id: "
                + string.Join(", ", found.Select(user => user.UserId))),
        };
    }

    /// <returns>The role, which is made when there is none.</returns>
    private static async Task<Role> RoleAsync(AuthDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var role = await db.Roles.Include(r => r.Permissions)
            .SingleOrDefaultAsync(r => r.Name == DefaultRoles.AdministratorName, ct);
        if (role is null)
            db.Add(role = DefaultRoles.Administrator(now));
        return role;
    }

    private static async Task AddLostPermissionsAsync(
        AuthDbContext db, Role role, string userId, CancellationToken ct)
    {
        var held = await db.UserPermissions.Where(p => p.UserId == userId && p.Audience == Issuer.ManagementApi)
            .Select(p => p.Name).ToListAsync(ct);
        var ofRole = role.Permissions.Where(p => p.Audience == Issuer.ManagementApi).Select(p => p.Name);
        db.AddRange(ManagementScopes.All.Except(ofRole, StringComparer.Ordinal).Except(held, StringComparer.Ordinal)
            .Select(name => new UserPermission { UserId = userId, Audience = Issuer.ManagementApi, Name = name }));
    }
}
