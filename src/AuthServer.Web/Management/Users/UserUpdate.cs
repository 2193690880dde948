using AuthServer.Core.Actions;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Storage.Users;
using AuthServer.Web.Mail;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Users;

internal static class UserUpdate
{
    private static readonly string[] Metadata = ["user_metadata", "app_metadata"];

    public static async Task<IResult> UpdateAsync(
        string id,
        JsonBody body,
        ManagementPrincipal caller,
        AuthDbContext db,
        TenantWrites writes,
        UserAccess access,
        UserVerification verification,
        Emails letters,
        Tenant tenant,
        IPasswordHashing passwords,
        PasswordValidator validator,
        PasswordHistory history,
        IActionTriggers actions,
        TimeProvider time,
        CancellationToken ct)
    {
        var userId = PathIds.Unslashed(id);
        if (!caller.Has("update:users")
            && body.Members.Any(member => !Metadata.Contains(member.Name, StringComparer.Ordinal)))
            return ManagementError.InsufficientScope(["update:users"]);

        // The slow hash is made before the transaction, which everybody's writes wait for.
        string? hash = null;
        if (body.Text("password") is { } password)
        {
            if (await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.UserId == userId, ct) is not { } draft)
                return UserEndpoints.Missing;
            if (UserModel.Wire.Apply(body, draft, Change.Update) is { } unfit)
                return unfit;
            if (Passwords.Refuse(await validator.ValidateAsync(password, draft, ct)) is { } weak)
                return weak;
            hash = await passwords.HashAsync(password, ct);
        }

        await using var write = await writes.BeginAsync(ct);
        if (await db.Users.Include(u => u.Identities).SingleOrDefaultAsync(u => u.UserId == userId, ct) is not { } user)
            return UserEndpoints.Missing;
        var before = (user.Email, user.NormalizedEmail, user.Blocked);
        if (UserModel.Wire.Apply(body, user, Change.Update) is { } malformed)
            return malformed;
        if (body.Text("connection") is { } connection && connection != user.Connection)
            return ManagementError.InvalidBody(new ValidationError("The user is not of this connection", "connection"));
        if (user.NormalizedEmail != before.NormalizedEmail && !body.Has("email_verified"))
            user.EmailVerified = false;
        var now = time.GetUtcNow();
        if (hash is not null)
            await history.AddCurrentAsync(userId, now, ct);
        if (await UpdateCredentialAsync(user, hash, db, ct) is { } refused)
            return refused;
        if (verification.Refuse(body, user) is { } undeliverable)
            return undeliverable;

        user.UpdatedAt = now;
        if (hash is not null)
            user.LastPasswordReset = now;
        if (hash is not null
            && letters.PasswordChanged(before.Email, EmailTexts.LanguageOf(tenant.Settings), now) is { } notice)
            db.Add(notice);
        if (hash is not null || (user.Blocked && !before.Blocked))
            await access.EndAsync(user.UserId, now, ct);
        if (hash is not null)
            await db.LoginCounters.Where(c => c.Account == user.UserId).ExecuteDeleteAsync(ct);
        if (user.NormalizedEmail != before.NormalizedEmail)
            await access.VoidTicketsAsync(user.UserId, ct);
        await verification.WriteAsync(body, user, byDefault: false, now, ct);
        await write.SaveAsync(ct);
        if (hash is not null)
            await actions.PostChangePasswordAsync(user, ct);
        return Results.Json(UserModel.Wire.Write(user));
    }

    /// <summary>The names by which the user signs in follow the user's own.</summary>
    private static async Task<ManagementError?> UpdateCredentialAsync(
        User user, string? hash, AuthDbContext db, CancellationToken ct)
    {
        var credentials = await db.PasswordCredentials.Where(c => c.UserId == user.UserId).ToListAsync(ct);
        if (credentials.Count == 0)
            return hash is null
                ? null
                : ManagementError.InvalidBody(new ValidationError("The user has no password", "password"));
        foreach (var credential in credentials)
            credential.PasswordHash = hash ?? credential.PasswordHash;

        // Of an account that was linked to this one, the names stay its own.
        if (credentials.Find(credential => credential.Id == user.UserId) is not { } own)
            return null;
        if (user.Email is null && user.Username is null)
            return ManagementError.InvalidBody(
                new ValidationError("A user of a database needs an e-mail address or a user name", "email"));
        if (user.Username is not null && own.NormalizedUsername != LoginIdentifier.Normalize(user.Username))
        {
            var connection = await db.Connections.AsNoTracking().SingleAsync(c => c.Name == own.Connection, ct);
            if (Passwords.RefuseUsername(user, connection) is { } unfit)
                return unfit;
        }
        own.NormalizedEmail = user.NormalizedEmail;
        own.NormalizedUsername = user.Username is null ? null : LoginIdentifier.Normalize(user.Username);
        return await Passwords.IsTakenAsync(own, db, ct) ? Passwords.AlreadyExists : null;
    }
}
