using System.Text.Json.Nodes;
using AuthServer.Core.Actions;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Storage.Users;
using AuthServer.Web.Mail;
using AuthServer.Web.Management.Roles;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Users;

/// <summary>Updates of a user, with what follows from a new password, a new address or a block.</summary>
internal sealed class UserUpdateService(
    AuthDbContext db,
    TenantWrites writes,
    PrivilegeEscalationGuard guard,
    AdministratorService administrators,
    UserAccess access,
    UserVerification verification,
    Emails emails,
    IPasswordHashing passwords,
    PasswordValidator validator,
    PasswordHistory history,
    IActionTriggers actions,
    Tenant tenant,
    TimeProvider time)
{
    private static readonly string[] Metadata = ["user_metadata", "app_metadata"];

    /// <summary>The members that decide who signs in as the user.</summary>
    private static readonly string[] Credentials =
    [
        "email", "email_verified", "username", "phone_number", "phone_verified", "password", "blocked",
    ];

    public async Task<JsonObject> UpdateAsync(
        string id, JsonBody body, ManagementPrincipal caller, CancellationToken ct)
    {
        var isMetadata = body.Members.All(member => Metadata.Contains(member.Name, StringComparer.Ordinal));
        if (!isMetadata && !caller.Has("update:users"))
            throw ManagementError.InsufficientScope(["update:users"]).AsException();
        var hash = body.Text("password") is { } password ? await HashAsync(id, body, password, caller, ct) : null;

        await using var write = await writes.BeginAsync(ct);
        if (Array.Exists(Credentials, body.Has))
            await guard.EnsureUserNotBeyondAsync(caller, id, ct);
        await db.LockUsersAsync([id], ct);
        var user = await db.Users.Include(u => u.Identities).SingleOrDefaultAsync(u => u.UserId == id, ct)
            ?? throw UserService.Missing;
        body.EnsureCurrent(UserModel.Wire.Write(user));
        var before = (user.Email, user.NormalizedEmail, user.Blocked);
        UserModel.Wire.Apply(body, user, Change.Update);
        if (body.Text("connection") is { } connection && connection != user.Connection)
            throw ManagementException.Invalid("The user is not of this connection", "connection");
        if (user.NormalizedEmail != before.NormalizedEmail && !body.Has("email_verified"))
            user.EmailVerified = false;
        if (user.Blocked && !before.Blocked)
            await administrators.KeepingOneAsync(caller, () => db.SaveChangesAsync(ct), ct);
        var now = time.GetUtcNow();
        if (hash is not null)
            await history.AddCurrentAsync(id, now, ct);
        await UpdateCredentialsAsync(user, hash, ct);
        verification.EnsureDeliverable(body, user);

        user.UpdatedAt = now;
        if (hash is not null)
            user.LastPasswordReset = now;
        if (hash is not null
            && emails.PasswordChanged(before.Email, EmailTexts.LanguageOf(tenant.Settings), now) is { } notice)
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
        return UserModel.Wire.Write(user);
    }

    /// <summary>
    /// Before the transaction, because a hash takes long and every other writer would wait for it; not for a caller
    /// that may not set the password.
    /// </summary>
    private async Task<string> HashAsync(
        string id,
        JsonBody body,
        string password,
        ManagementPrincipal caller,
        CancellationToken ct)
    {
        await guard.EnsureUserNotBeyondAsync(caller, id, ct);
        var draft = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.UserId == id, ct)
            ?? throw UserService.Missing;
        UserModel.Wire.Apply(body, draft, Change.Update);
        Passwords.EnsureAccepted(await validator.ValidateAsync(password, draft, ct));
        return await passwords.HashAsync(password, ct);
    }

    /// <summary>The names by which the user signs in follow the user's own.</summary>
    private async Task UpdateCredentialsAsync(User user, string? hash, CancellationToken ct)
    {
        var credentials = await db.PasswordCredentials.Where(c => c.UserId == user.UserId).ToListAsync(ct);
        if (credentials.Count == 0 && hash is not null)
            throw ManagementException.Invalid("The user has no password", "password");
        foreach (var credential in credentials)
            credential.PasswordHash = hash ?? credential.PasswordHash;

        // An account that was linked to this one keeps its own names.
        if (credentials.Find(credential => credential.Id == user.UserId) is not { } own)
            return;
        if (user.Email is null && user.Username is null)
            throw ManagementException.Invalid("A user of a database needs an e-mail address or a user name", "email");
        var username = user.Username is null ? null : LoginIdentifier.Normalize(user.Username);
        if (own.NormalizedUsername == username && own.NormalizedEmail == user.NormalizedEmail)
            return;
        var options = DatabaseOptions.Of(
            await db.Connections.AsNoTracking().SingleAsync(c => c.Name == own.Connection, ct));
        if (own.NormalizedUsername != username)
            Passwords.EnsureUsername(user, options);
        if (own.NormalizedEmail != user.NormalizedEmail)
            Passwords.EnsureEmail(user, options);
        (own.NormalizedEmail, own.NormalizedUsername) = (user.NormalizedEmail, username);
        await Passwords.EnsureFreeAsync(own, db, ct);
    }
}
