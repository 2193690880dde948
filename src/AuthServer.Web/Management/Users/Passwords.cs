using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using AuthServer.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Users;

/// <summary>What the Management API says of passwords, and of the names that go with them.</summary>
internal static class Passwords
{
    public static ManagementError AlreadyExists { get; } = ManagementError.Conflict("The user already exists.", "auth0_idp_error");

    public static ManagementError? Refuse(string password, User user, TenantSettings settings)
    {
        var problem = PasswordPolicy.Check(password, new PasswordContext(user.Email, user.Username, settings.FriendlyName));
        return problem is null ? null : new ManagementError(StatusCodes.Status400BadRequest, "PasswordStrengthError: " + Because(problem.Value), "invalid_password");
    }

    /// <summary>Another user of the connection signs in by one of these names.</summary>
    public static Task<bool> IsTakenAsync(PasswordCredential credential, AuthDbContext db, CancellationToken ct) =>
        db.PasswordCredentials.AnyAsync(
            c => c.Connection == credential.Connection && c.UserId != credential.UserId
                && ((credential.NormalizedEmail != null && c.NormalizedEmail == credential.NormalizedEmail)
                    || (credential.NormalizedUsername != null && c.NormalizedUsername == credential.NormalizedUsername)),
            ct);

    private static string Because(PasswordProblem problem) => problem switch
    {
        PasswordProblem.TooShort => $"Password is too short: it needs at least {PasswordPolicy.FewestCharacters} characters",
        PasswordProblem.TooLong => $"Password is too long: it has more than {PasswordLogin.MostPasswordBytes} bytes",
        PasswordProblem.Common => "Password is too common",
        PasswordProblem.Personal => "Password contains user information",
        _ => "Password is not text",
    };
}
