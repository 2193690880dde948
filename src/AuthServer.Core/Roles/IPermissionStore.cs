namespace AuthServer.Core.Roles;

public interface IPermissionStore
{
    /// <summary>The permissions that a user has at an API, by roles and directly; in order, each once.</summary>
    Task<IReadOnlyList<string>> FindAsync(string userId, string storedAudience, CancellationToken ct);
}
