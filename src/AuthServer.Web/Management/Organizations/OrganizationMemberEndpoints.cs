using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Organizations;

internal static class OrganizationMemberEndpoints
{
    public static void MapOrganizationMembers(this RouteGroupBuilder api)
    {
        const string path = "/organizations/{id}/members";
        api.MapGet(path, ListAsync).RequireScope("read:organization_members");
        api.MapPost(path, AddAsync).RequireScope("create:organization_members");
        api.MapDelete(path, DeleteAsync).RequireScope("delete:organization_members");
    }

    private static async Task<IResult> ListAsync(
        string id,
        Paging paging,
        Fields fields,
        ManagementPrincipal caller,
        OrganizationMemberService members,
        CancellationToken ct) =>
        TypedResults.Ok(await members.ListAsync(id, paging, fields, caller, ct));

    private static async Task<IResult> AddAsync(
        string id, JsonBody body, OrganizationMemberService members, CancellationToken ct)
    {
        await members.AddAsync(id, body, ct);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> DeleteAsync(
        string id, JsonBody body, OrganizationMemberService members, CancellationToken ct)
    {
        await members.DeleteAsync(id, body, ct);
        return TypedResults.NoContent();
    }
}
