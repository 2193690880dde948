using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Storage;
using AuthServer.Web.Management.Roles;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management;

/// <summary>
/// Callers give no permission that they lack (ASVS 8.2.1): not by a role or a client grant, not by reading the secret
/// of a client that may do more than the caller, and not by changing how such a client or user authenticates. They take
/// none from users and roles either; grants of clients may be taken, because that gives the caller nothing.
/// </summary>
internal sealed class PrivilegeEscalationGuard(AuthDbContext db)
{
    private static ManagementException TooPowerful => ManagementError
        .Forbidden("You can't assign or remove permissions of the Management API that your own token lacks")
        .AsException();

    /// <exception cref="ManagementException">
    /// One of these permissions is of this API and the caller lacks it.
    /// </exception>
    public static void EnsureHas(ManagementPrincipal caller, IEnumerable<(string Audience, string Name)> permissions)
    {
        if (permissions.Any(asked => asked.Audience == Issuer.ManagementApi && !caller.Has(asked.Name)))
            throw TooPowerful;
    }

    /// <exception cref="ManagementException">
    /// One of these roles has a permission of this API that the caller lacks.
    /// </exception>
    public async Task EnsureHasRolesAsync(
        ManagementPrincipal caller, IReadOnlyCollection<string> roleIds, CancellationToken ct)
    {
        var names = await db.RolePermissions
            .Where(p => p.Audience == Issuer.ManagementApi && roleIds.Contains(p.RoleId))
            .Select(p => p.Name).ToListAsync(ct);
        if (!names.TrueForAll(caller.Has))
            throw TooPowerful;
    }

    /// <summary>Of these clients, those that may do more on this API than the caller.</summary>
    public async Task<IReadOnlySet<string>> BeyondAsync(
        ManagementPrincipal caller, IReadOnlyCollection<string> clientIds, CancellationToken ct)
    {
        var grants = await db.ClientGrants.AsNoTracking()
            .Where(g => g.Audience == Issuer.ManagementApi && clientIds.Contains(g.ClientId))
            .ToListAsync(ct);
        return grants.Where(g => !g.Scope.IsSubsetOf(caller.Scopes))
            .Select(g => g.ClientId).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The rule for every change of a client's secret, keys and method of authentication.</summary>
    /// <exception cref="ManagementException">The client may do more than the caller.</exception>
    public async Task EnsureNotBeyondAsync(ManagementPrincipal caller, string clientId, CancellationToken ct)
    {
        if ((await BeyondAsync(caller, [clientId], ct)).Count > 0)
        {
            throw ManagementError
                .Forbidden("The client has scopes of the Management API that your token lacks").AsException();
        }
    }

    /// <summary>
    /// The rule for every change of how a user signs in: a user's permissions open the dashboard.
    /// </summary>
    /// <exception cref="ManagementException">The user may do more than the caller.</exception>
    public Task EnsureUserNotBeyondAsync(ManagementPrincipal caller, string userId, CancellationToken ct) =>
        EnsureUsersNotBeyondAsync(caller, db.Users.Where(u => u.UserId == userId), ct);

    /// <inheritdoc cref="EnsureUserNotBeyondAsync"/>
    public async Task EnsureUsersNotBeyondAsync(
        ManagementPrincipal caller, IQueryable<User> users, CancellationToken ct)
    {
        var held = await db.HeldPermissions(users).Select(permission => permission.Name).Distinct().ToListAsync(ct);
        if (!held.TrueForAll(caller.Has))
        {
            throw ManagementError
                .Forbidden("The user has permissions of the Management API that your token lacks").AsException();
        }
    }
}
