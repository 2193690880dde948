using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using AuthServer.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Users;

/// <summary>What the Management API says of passwords, and of the names that go with them.</summary>
internal static class Passwords
{
    public static ManagementError AlreadyExists { get; } =
        ManagementError.Conflict("The user already exists.", "auth0_idp_error");

    public static ManagementError? Refuse(string password, User user, TenantSettings settings)
    {
        var problem = PasswordPolicy.Check(
            password, new PasswordContext(user.Email, user.Username, settings.FriendlyName));
        return problem is null
            ? null
            : new ManagementError(
                StatusCodes.Status400BadRequest,
                "PasswordStrengthError: " + PasswordPolicy.Explain(problem.Value),
                "invalid_password");
    }

    /// <summary>Another user of the connection signs in by one of these names.</summary>
    public static Task<bool> IsTakenAsync(PasswordCredential credential, AuthDbContext db, CancellationToken ct) =>
        db.PasswordCredentials.AnyAsync(
            c =>
                c.Connection == credential.Connection
                && c.Id != credential.Id
                && ((credential.NormalizedEmail != null && c.NormalizedEmail == credential.NormalizedEmail)
                    || (credential.NormalizedUsername != null && c.NormalizedUsername == credential.NormalizedUsername)
                ),
            ct);
}
