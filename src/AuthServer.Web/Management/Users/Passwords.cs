using AuthServer.Core.Connections;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Users;

/// <summary>What the Management API says of passwords, and of the names that go with them.</summary>
internal static class Passwords
{
    public static ManagementError AlreadyExists { get; } =
        ManagementError.Conflict("The user already exists.", "auth0_idp_error");

    /// <returns>Null for a password that can be set.</returns>
    public static ManagementError? Refuse(PasswordError? error) => error is null ? null : new ManagementError(
        StatusCodes.Status400BadRequest, "PasswordStrengthError: " + error.Message, "invalid_password");

    /// <returns>Null when the options of the user's database allow the user name, or its absence.</returns>
    public static ManagementError? RefuseUsername(User user, Connection connection)
    {
        var options = DatabaseOptions.Of(connection);
        return options.Allows(user.Username)
            ? null
            : ManagementError.InvalidBody(new ValidationError(options.DescribeUsernames(), "username"));
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
