using System.Text.Json.Nodes;
using AuthServer.Core.Actions;
using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Web.Management.Roles;
using AuthServer.Web.Management.Search;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Users;

/// <summary>Users of every connection. New ones are made in databases only.</summary>
internal sealed class UserService(
    AuthDbContext db,
    TenantWrites writes,
    UserAccess access,
    PrivilegeEscalationGuard guard,
    AdministratorService administrators,
    UserVerification verification,
    BoundedSearch search,
    PasswordValidator validator,
    IPasswordHashing passwords,
    IActionTriggers actions,
    TimeProvider time)
{
    private const int MaxUsersOfEmail = 100;

    public static ManagementException Missing =>
        ManagementError.NotFound("The user does not exist.", "inexistent_user").AsException();

    private IQueryable<User> Users => db.Users.AsNoTracking().Include(u => u.Identities);

    public Task<JsonNode> ListAsync(UserFilter filter, Paging paging, Fields fields, CancellationToken ct) =>
        search.PageAsync(
            "users", paging, filter.Apply(Users, db), user => fields.Pick(UserModel.Wire.Write(user)), ct);

    /// <summary>Exact, and never paged.</summary>
    public async Task<JsonArray> ByEmailAsync(string email, Fields fields, CancellationToken ct)
    {
        var normalized = LoginIdentifier.Normalize(email);
        var users = await Users.Where(u => u.NormalizedEmail == normalized)
            .OrderBy(u => u.CreatedAt).Take(MaxUsersOfEmail).ToListAsync(ct);
        return [.. users.Select(user => fields.Pick(UserModel.Wire.Write(user)))];
    }

    public async Task<JsonObject> GetAsync(string id, Fields fields, CancellationToken ct)
    {
        var user = await Users.SingleOrDefaultAsync(u => u.UserId == id, ct) ?? throw Missing;
        return fields.Pick(UserModel.Wire.Write(user));
    }

    public async Task<JsonObject> CreateAsync(JsonBody body, CancellationToken ct)
    {
        body.Require("connection", "password");
        ManagementException.ThrowIfInvalid(CheckUserId(body));
        var user = NewUser.InDatabase(
            body.Text("connection") ?? "", email: null, time.GetUtcNow(), body.Text("user_id"));
        UserModel.Wire.Apply(body, user, Change.Create);
        Complete(user);
        var connection = await FindDatabaseAsync(user.Connection, ct);
        verification.EnsureDeliverable(body, user);
        var password = body.Text("password") ?? "";
        Passwords.EnsureNames(user, connection);
        Passwords.EnsureAccepted(validator.Validate(password, user, connection));
        var registration = new Registration(user, connection, Client: null);
        if (await actions.PreUserRegistrationAsync(registration, ct) is { } refusal)
            throw ManagementError.BadRequest(refusal.Reason, RegistrationRefusal.Code).AsException();
        var credential = NewUser.CredentialOf(user, await passwords.HashAsync(password, ct));

        await using var write = await writes.BeginAsync(ct);
        if (await access.IsTakenAsync(user.UserId, ct))
            throw Passwords.AlreadyExists;
        await Passwords.EnsureFreeAsync(credential, db, ct);
        db.Add(user);
        db.Add(credential);
        await verification.WriteAsync(body, user, byDefault: !user.EmailVerified, user.CreatedAt, ct);
        await write.SaveAsync(ct);
        await actions.PostUserRegistrationAsync(registration, ct);
        return UserModel.Wire.Write(user);
    }

    /// <summary>Gives a new user of a database the names that the body has not.</summary>
    /// <exception cref="ManagementException">The user has nothing to sign in by.</exception>
    public static void Complete(User user)
    {
        if (user.Email is null && user.Username is null)
            ManagementException.ThrowIfInvalid(ValidationError.Missing("email"));
        user.Name ??= user.Email ?? user.Username;
        user.Nickname ??= user.Email?.Split('@')[0] ?? user.Username;
    }

    /// <summary>Deleting a user who does not exist is not an error.</summary>
    public async Task DeleteAsync(string id, ManagementPrincipal caller, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        await guard.EnsureUserNotBeyondAsync(caller, id, ct);
        var users = db.Users.Where(u => u.UserId == id);
        await administrators.KeepingOneAsync(caller, () => access.DeleteAsync(users, time.GetUtcNow(), ct), ct);
        await write.SaveAsync(ct);
    }

    private async Task<Connection> FindDatabaseAsync(string name, CancellationToken ct) =>
        await db.Connections.AsNoTracking()
            .SingleOrDefaultAsync(c => c.Name == name && c.Strategy == Connection.DatabaseStrategy, ct)
        ?? throw ManagementError.BadRequest(
            "The connection does not exist, or is no user database.", "inexistent_connection").AsException();

    /// <summary>The part after <c>auth0|</c>; a second bar would look like another strategy's id.</summary>
    public static ValidationError? CheckUserId(JsonBody body)
    {
        if (body.Text("user_id") is not { } id)
            return null;
        return id.Length is > 0 and <= 200 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~')
            ? null
            : new ValidationError("Expected 1 to 200 letters, digits and -_.~", "user_id");
    }
}
