using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.ResourceServers;

internal static class ResourceServerEndpoints
{
    public static void MapResourceServers(this RouteGroupBuilder api)
    {
        api.MapGet("/resource-servers", ListAsync).RequireScope("read:resource_servers");
        api.MapPost("/resource-servers", CreateAsync).RequireScope("create:resource_servers");
        api.MapGet("/resource-servers/{id}", GetAsync).RequireScope("read:resource_servers");
        api.MapPatch("/resource-servers/{id}", UpdateAsync).RequireScope("update:resource_servers");
        api.MapDelete("/resource-servers/{id}", DeleteAsync).RequireScope("delete:resource_servers");
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, Paging paging, ResourceServerService resourceServers, CancellationToken ct)
    {
        var identifiers = Query.Many(http, "identifiers", "identifiers[]").SelectMany(value => value.Split(','));
        return TypedResults.Ok(await resourceServers.ListAsync([.. identifiers], paging, ct));
    }

    private static async Task<IResult> CreateAsync(
        JsonBody body, ResourceServerService resourceServers, CancellationToken ct) =>
        ManagementResults.Created(await resourceServers.CreateAsync(body, ct));

    private static async Task<IResult> GetAsync(
        string id, ResourceServerService resourceServers, CancellationToken ct) =>
        TypedResults.Ok(await resourceServers.GetAsync(PathIds.Unslashed(id), ct));

    private static async Task<IResult> UpdateAsync(
        string id, JsonBody body, ResourceServerService resourceServers, CancellationToken ct) =>
        TypedResults.Ok(await resourceServers.UpdateAsync(PathIds.Unslashed(id), body, ct));

    private static async Task<IResult> DeleteAsync(
        string id, ResourceServerService resourceServers, CancellationToken ct)
    {
        await resourceServers.DeleteAsync(PathIds.Unslashed(id), ct);
        return TypedResults.NoContent();
    }
}
