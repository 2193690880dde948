using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Organizations;

internal static class OrganizationMemberRoleEndpoints
{
    public static void MapOrganizationMemberRoles(this RouteGroupBuilder api)
    {
        const string path = "/organizations/{id}/members/{userId}/roles";
        api.MapGet(path, ListAsync).RequireScope("read:organization_member_roles");
        api.MapPost(path, AssignAsync).RequireScope("create:organization_member_roles");
        api.MapDelete(path, DeleteAsync).RequireScope("delete:organization_member_roles");
        api.MapGet("/organizations/{id}/roles/{roleId}/members", ListMembersAsync)
            .RequireScope("read:organization_member_roles");
    }

    private static async Task<IResult> ListAsync(
        string id, string userId, Paging paging, OrganizationMemberRoleService roles, CancellationToken ct) =>
        TypedResults.Ok(await roles.ListAsync(id, PathIds.Unslashed(userId), paging, ct));

    private static async Task<IResult> AssignAsync(
        string id,
        string userId,
        JsonBody body,
        ManagementPrincipal caller,
        OrganizationMemberRoleService roles,
        CancellationToken ct)
    {
        await roles.AssignAsync(id, PathIds.Unslashed(userId), body, caller, ct);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> DeleteAsync(
        string id,
        string userId,
        JsonBody body,
        ManagementPrincipal caller,
        OrganizationMemberRoleService roles,
        CancellationToken ct)
    {
        await roles.DeleteAsync(id, PathIds.Unslashed(userId), body, caller, ct);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ListMembersAsync(
        string id,
        string roleId,
        Paging paging,
        Fields fields,
        OrganizationMemberRoleService roles,
        CancellationToken ct) =>
        TypedResults.Ok(await roles.ListMembersAsync(id, roleId, paging, fields, ct));
}
