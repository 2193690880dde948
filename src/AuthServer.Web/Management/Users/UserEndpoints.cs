using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Users;

internal static class UserEndpoints
{
    public static void MapUsers(this RouteGroupBuilder api)
    {
        api.MapGet("/users", ListAsync).RequireScope("read:users");
        api.MapGet("/users-by-email", ByEmailAsync).RequireScope("read:users");
        api.MapPost("/users", CreateAsync).RequireScope("create:users");
        api.MapGet("/users/{id}", GetAsync).RequireScope("read:users");
        api.MapPatch("/users/{id}", UpdateAsync).RequireScope("update:users", "update:users_app_metadata");
        api.MapDelete("/users/{id}", DeleteAsync).RequireScope("delete:users");
    }

    private static async Task<IResult> ListAsync(
        UserFilter filter, Paging paging, Fields fields, UserService users, CancellationToken ct) =>
        TypedResults.Ok(await users.ListAsync(filter, paging, fields, ct));

    private static async Task<IResult> ByEmailAsync(
        HttpContext http, Fields fields, UserService users, CancellationToken ct) =>
        TypedResults.Ok(await users.ByEmailAsync(Query.Required(http, "email"), fields, ct));

    private static async Task<IResult> CreateAsync(JsonBody body, UserService users, CancellationToken ct) =>
        ManagementResults.Created(await users.CreateAsync(body, ct));

    private static async Task<IResult> GetAsync(
        string id, Fields fields, UserService users, CancellationToken ct) =>
        TypedResults.Ok(await users.GetAsync(PathIds.Unslashed(id), fields, ct));

    private static async Task<IResult> UpdateAsync(
        string id, JsonBody body, ManagementPrincipal caller, UserUpdateService users, CancellationToken ct) =>
        TypedResults.Ok(await users.UpdateAsync(PathIds.Unslashed(id), body, caller, ct));

    private static async Task<IResult> DeleteAsync(
        string id, ManagementPrincipal caller, UserService users, CancellationToken ct)
    {
        await users.DeleteAsync(PathIds.Unslashed(id), caller, ct);
        return TypedResults.NoContent();
    }
}
