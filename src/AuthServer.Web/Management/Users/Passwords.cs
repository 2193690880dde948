using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using AuthServer.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Users;

/// <summary>The rules of passwords, and of the names that go with them.</summary>
internal static class Passwords
{
    public static ManagementException AlreadyExists =>
        ManagementError.Conflict("The user already exists.", "auth0_idp_error").AsException();

    /// <exception cref="ManagementException">The password is too weak.</exception>
    public static void EnsureStrong(string password, User user, TenantSettings settings)
    {
        var context = new PasswordContext(user.Email, user.Username, settings.FriendlyName);
        if (PasswordPolicy.Check(password, context) is not { } problem)
            return;
        var message = "PasswordStrengthError: " + PasswordPolicy.Explain(problem);
        throw ManagementError.BadRequest(message, "invalid_password").AsException();
    }

    /// <exception cref="ManagementException">
    /// Another user of the connection signs in by one of these names.
    /// </exception>
    public static async Task EnsureFreeAsync(PasswordCredential credential, AuthDbContext db, CancellationToken ct)
    {
        var others = db.PasswordCredentials.Where(
            c => c.Connection == credential.Connection && c.Id != credential.Id);
        var isTaken = await others.AnyAsync(
            c => (credential.NormalizedEmail != null && c.NormalizedEmail == credential.NormalizedEmail)
                || (credential.NormalizedUsername != null && c.NormalizedUsername == credential.NormalizedUsername),
            ct);
        if (isTaken)
            throw AlreadyExists;
    }
}
