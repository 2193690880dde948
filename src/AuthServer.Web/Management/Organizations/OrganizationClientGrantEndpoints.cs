using AuthServer.Web.Management.ClientGrants;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Organizations;

internal static class OrganizationClientGrantEndpoints
{
    public static void MapOrganizationClientGrants(this RouteGroupBuilder api)
    {
        const string path = "/organizations/{id}/client-grants";
        api.MapGet(path, ListAsync).RequireScope("read:organization_client_grants");
        api.MapPost(path, AddAsync).RequireScope("create:organization_client_grants");
        api.MapDelete(path + "/{grantId}", DeleteAsync).RequireScope("delete:organization_client_grants");
    }

    private static async Task<IResult> ListAsync(
        string id, HttpContext http, Paging paging, OrganizationClientGrantService grants, CancellationToken ct)
    {
        var filter = new ClientGrantFilter
        {
            ClientId = Query.Text(http, "client_id"),
            Audience = Query.Text(http, "audience"),
        };
        return TypedResults.Ok(await grants.ListAsync(id, filter, Query.Many(http, "grant_ids"), paging, ct));
    }

    private static async Task<IResult> AddAsync(
        string id, JsonBody body, OrganizationClientGrantService grants, CancellationToken ct) =>
        ManagementResults.Created(await grants.AddAsync(id, body, ct));

    private static async Task<IResult> DeleteAsync(
        string id, string grantId, OrganizationClientGrantService grants, CancellationToken ct)
    {
        await grants.DeleteAsync(id, grantId, ct);
        return TypedResults.NoContent();
    }
}
