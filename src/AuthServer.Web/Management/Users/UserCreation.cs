using AuthServer.Core.Actions;
using AuthServer.Core.Connections;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Users;

internal static class UserCreation
{
    public static async Task<IResult> CreateAsync(
        JsonBody body,
        AuthDbContext db,
        TenantWrites writes,
        UserAccess access,
        UserVerification verification,
        PasswordValidator validator,
        IPasswordHashing passwords,
        IActionTriggers actions,
        TimeProvider time,
        CancellationToken ct)
    {
        if (body.Missing("connection", "password") is { } missing)
            return missing;
        if (UserId(body) is { } unfit)
            return ManagementError.InvalidBody(unfit);
        var user = NewUser.InDatabase(
            body.Text("connection") ?? "", email: null, time.GetUtcNow(), body.Text("user_id"));
        if (UserModel.Wire.Apply(body, user, Change.Create) is { } malformed)
            return malformed;
        if (user.Email is null && user.Username is null)
            return ManagementError.InvalidBody(ValidationError.Missing("email"));
        var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(
            c => c.Name == user.Connection && c.Strategy == Connection.DatabaseStrategy, ct);
        if (connection is null)
            return new ManagementError(
                StatusCodes.Status400BadRequest, "The connection does not exist, or is no user database.",
                "inexistent_connection");
        if (verification.Refuse(body, user) is { } undeliverable)
            return undeliverable;
        user.Name ??= user.Email ?? user.Username;
        user.Nickname ??= user.Email?.Split('@')[0] ?? user.Username;

        var password = body.Text("password") ?? "";
        if (Passwords.RefuseUsername(user, connection) is { } unnamed)
            return unnamed;
        if (Passwords.Refuse(validator.Validate(password, user, connection)) is { } weak)
            return weak;
        var registration = new Registration(user, connection, ClientId: null);
        if (await actions.PreUserRegistrationAsync(registration, ct) is { } refusal)
            return new ManagementError(StatusCodes.Status400BadRequest, refusal.Reason, "extensibility_error");
        var credential = NewUser.CredentialOf(user, await passwords.HashAsync(password, ct));

        await using var write = await writes.BeginAsync(ct);
        if (await access.IsTakenAsync(user.UserId, ct) || await Passwords.IsTakenAsync(credential, db, ct))
            return Passwords.AlreadyExists;
        db.Add(user);
        db.Add(credential);
        await verification.WriteAsync(body, user, byDefault: !user.EmailVerified, user.CreatedAt, ct);
        await write.SaveAsync(ct);
        await actions.PostUserRegistrationAsync(registration, ct);
        return Results.Json(UserModel.Wire.Write(user), statusCode: StatusCodes.Status201Created);
    }

    /// <summary>The part after <c>auth0|</c>; a second bar would look like another strategy's id.</summary>
    private static ValidationError? UserId(JsonBody body) =>
        body.Text("user_id") is { } id
        && (id.Length is 0 or > 200 || id.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.' or '~'))
        )
            ? new ValidationError("Expected 1 to 200 letters, digits and -_.~", "user_id")
            : null;
}
