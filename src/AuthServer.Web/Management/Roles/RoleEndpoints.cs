using AuthServer.Core;
using AuthServer.Core.Roles;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Roles;

internal static class RoleEndpoints
{
    /// <summary>Without a code, as Auth0's.</summary>
    public static ManagementError Missing { get; } = ManagementError.NotFound("The role does not exist.");

    public static ResourceSchema<Role> Wire { get; } =
        new ResourceSchema<Role>()
            .Shown("id", r => r.Id)
            .Text("name", r => r.Name, (r, v) => r.Name = v, JsonValidators.TextUpTo(255))
            .Text(
                "description",
                r => r.Description,
                (r, v) => r.Description = v,
                JsonValidators.TextUpTo(1_000),
                reset: "");

    public static void MapRoles(this RouteGroupBuilder api)
    {
        api.MapGet("/roles", ListAsync).RequireScope("read:roles");
        api.MapPost("/roles", CreateAsync).RequireScope("create:roles");
        api.MapGet("/roles/{id}", GetAsync).RequireScope("read:roles");
        api.MapPatch("/roles/{id}", UpdateAsync).RequireScope("update:roles");
        api.MapDelete("/roles/{id}", DeleteAsync).RequireScope("delete:roles");
    }

    private static Task<IResult> ListAsync(HttpContext http, Paging paging, AuthDbContext db, CancellationToken ct)
    {
        var roles = db.Roles.AsNoTracking();
        if (Query.Text(http, "name_filter") is { } part)
            roles = roles.Where(r => r.Name.Contains(part));

        // Every role is the tenant's; none belongs to an organization.
        if (Query.Text(http, "type") is { } type && type != "tenant" || Query.Text(http, "owner_id") is not null)
            roles = roles.Where(_ => false);
        return paging.PageAsync("roles", roles.OrderBy(r => r.CreatedAt).ThenBy(r => r.Id), Wire.Write, ct);
    }

    private static async Task<IResult> CreateAsync(
        JsonBody body,
        AuthDbContext db,
        TenantWrites writes,
        TimeProvider time,
        CancellationToken ct)
    {
        if (body.Missing("name") is { } missing)
            return missing;
        var role = new Role { Id = "rol_" + OpaqueToken.Alphanumeric(16), Name = "", CreatedAt = time.GetUtcNow() };
        if (Wire.Apply(body, role, Change.Create) is { } malformed)
            return malformed;

        await using var write = await writes.BeginAsync(ct);
        if (await RefuseNameAsync(role, db, ct) is { } refusal)
            return refusal;
        db.Add(role);
        await write.SaveAsync(ct);
        return Results.Json(Wire.Write(role), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> GetAsync(string id, AuthDbContext db, CancellationToken ct) =>
        await db.Roles.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is { } role
            ? Results.Json(Wire.Write(role))
            : Missing;

    private static async Task<IResult> UpdateAsync(
        string id,
        JsonBody body,
        AuthDbContext db,
        TenantWrites writes,
        CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        if (await db.Roles.SingleOrDefaultAsync(r => r.Id == id, ct) is not { } role)
            return Missing;
        if (Wire.Apply(body, role, Change.Update) is { } malformed)
            return malformed;
        if (await RefuseNameAsync(role, db, ct) is { } refusal)
            return refusal;
        await write.SaveAsync(ct);
        return Results.Json(Wire.Write(role));
    }

    private static async Task<IResult> DeleteAsync(
        string id, AuthDbContext db, TenantWrites writes, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(ct);
        if (await db.Roles.Where(r => r.Id == id).ExecuteDeleteAsync(ct) == 0)
            return Missing;
        await write.SaveAsync(ct);
        return Results.Json(new { });
    }

    private static async Task<ManagementError?> RefuseNameAsync(Role role, AuthDbContext db, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(role.Name))
            return ManagementError.InvalidBody(new ValidationError("String is too short (0 chars), minimum 1", "name"));
        return await db.Roles.AnyAsync(r => r.Name == role.Name && r.Id != role.Id, ct)
            ? ManagementError.Conflict("A role with this name already exists.", "role_conflict")
            : null;
    }
}
