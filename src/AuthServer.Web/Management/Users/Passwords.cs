using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Users;

/// <summary>The rules of passwords, and of the names that go with them.</summary>
internal static class Passwords
{
    public static ManagementException AlreadyExists =>
        ManagementError.Conflict("The user already exists.", "auth0_idp_error").AsException();

    /// <exception cref="ManagementException">The password can't be set.</exception>
    public static void EnsureAccepted(PasswordError? error)
    {
        if (error is not null)
            throw ManagementError
                .BadRequest("PasswordStrengthError: " + error.Message, "invalid_password")
                .AsException();
    }

    /// <exception cref="ManagementException">
    /// The options of the user's database do not allow the user name, or the absence of a name.
    /// </exception>
    public static void EnsureNames(User user, Connection connection)
    {
        var options = DatabaseOptions.Of(connection);
        EnsureUsername(user, options);
        EnsureEmail(user, options);
    }

    /// <exception cref="ManagementException">The options of the user's database do not allow it.</exception>
    public static void EnsureUsername(User user, DatabaseOptions options)
    {
        if (!options.Allows(user.Username))
            throw ManagementException.Invalid(options.DescribeUsernames(), "username");
    }

    /// <exception cref="ManagementException">The options of the user's database ask for one.</exception>
    public static void EnsureEmail(User user, DatabaseOptions options)
    {
        if (options.RequiresEmail && user.Email is null)
            ManagementException.ThrowIfInvalid(ValidationError.Missing("email"));
    }

    /// <exception cref="ManagementException">
    /// Another user of the connection signs in by one of these names.
    /// </exception>
    public static async Task EnsureFreeAsync(PasswordCredential credential, AuthDbContext db, CancellationToken ct)
    {
        var others = db.PasswordCredentials.Where(other => other.Id != credential.Id);
        if (await others.AnyAsync(credential.HasNameInCommon(), ct))
            throw AlreadyExists;
    }
}
