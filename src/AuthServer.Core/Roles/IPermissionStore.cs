namespace AuthServer.Core.Roles;

public interface IPermissionStore
{
    /// <summary>The permissions that a user has at an API, by roles and directly; in order, each once.</summary>
    /// <param name="userId">User to check.</param>
    /// <param name="storedAudience">The API.</param>
    /// <param name="organizationId">The organization whose roles count too; null for none.</param>
    /// <param name="ct">Ends the work.</param>
    Task<IReadOnlyList<string>> FindAsync(
        string userId, string storedAudience, string? organizationId, CancellationToken ct);

    /// <summary>
    /// The names of the roles with one of these permissions at an API, or with any when none are named.
    /// </summary>
    Task<IReadOnlyList<string>> RolesAllowingAsync(
        string storedAudience, IReadOnlyCollection<string> anyOf, CancellationToken ct);

    /// <summary>The names of a user's roles, those in the organization among them; in order, each once.</summary>
    Task<IReadOnlyList<string>> RoleNamesAsync(string userId, string? organizationId, CancellationToken ct);
}
