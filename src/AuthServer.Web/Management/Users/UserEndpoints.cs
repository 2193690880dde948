using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Users;

internal static class UserEndpoints
{
    public static ManagementError Missing { get; } =
        ManagementError.NotFound("The user does not exist.", "inexistent_user");

    public static void MapUsers(this RouteGroupBuilder api)
    {
        api.MapGet("/users", UserList.SearchAsync).RequireScope("read:users");
        api.MapGet("/users-by-email", UserList.ByEmailAsync).RequireScope("read:users");
        api.MapPost("/users", UserCreation.CreateAsync).RequireScope("create:users");
        api.MapGet("/users/{id}", GetAsync).RequireScope("read:users");
        api.MapPatch("/users/{id}", UserUpdate.UpdateAsync).RequireScope("update:users", "update:users_app_metadata");
        api.MapDelete("/users/{id}", DeleteAsync).RequireScope("delete:users");
    }

    private static async Task<IResult> GetAsync(string id, Fields fields, AuthDbContext db, CancellationToken ct)
    {
        var userId = PathIds.Unslashed(id);
        return
            await db.Users.AsNoTracking().Include(u => u.Identities).SingleOrDefaultAsync(u => u.UserId == userId, ct)
                is { } user
            ? Results.Json(fields.Pick(UserModel.Wire.Write(user)))
            : Missing;
    }

    private static async Task<IResult> DeleteAsync(
        string id,
        AuthDbContext db,
        TenantWrites writes,
        UserAccess access,
        TimeProvider time,
        CancellationToken ct)
    {
        var userId = PathIds.Unslashed(id);
        await using var write = await writes.BeginAsync(ct);
        await access.DeleteAsync(db.Users.Where(u => u.UserId == userId), time.GetUtcNow(), ct);
        await write.SaveAsync(ct);
        return Results.NoContent();
    }
}
