using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Grants;

internal static class GrantEndpoints
{
    public static void MapGrants(this RouteGroupBuilder api)
    {
        api.MapGet("/grants", ListAsync).RequireScope("read:grants");
        api.MapDelete("/grants", DeleteOfUserAsync).RequireScope("delete:grants");
        api.MapDelete("/grants/{id}", DeleteAsync).RequireScope("delete:grants");
    }

    private static async Task<IResult> ListAsync(
        GrantFilter filter, Paging paging, GrantService grants, CancellationToken ct) =>
        TypedResults.Ok(await grants.ListAsync(filter, paging, ct));

    private static async Task<IResult> DeleteAsync(string id, GrantService grants, CancellationToken ct)
    {
        await grants.DeleteAsync(id, ct);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> DeleteOfUserAsync(HttpContext http, GrantService grants, CancellationToken ct)
    {
        await grants.DeleteOfUserAsync(Query.Required(http, "user_id"), ct);
        return TypedResults.NoContent();
    }
}
