using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Organizations;

internal static class OrganizationEndpoints
{
    public static void MapOrganizations(this RouteGroupBuilder api)
    {
        api.MapGet("/organizations", ListAsync).RequireScope("read:organizations", "read:organizations_summary");
        api.MapPost("/organizations", CreateAsync).RequireScope("create:organizations");
        api.MapGet("/organizations/name/{name}", GetByNameAsync).RequireScope("read:organizations");
        api.MapGet("/organizations/{id}", GetAsync).RequireScope("read:organizations", "read:organizations_summary");
        api.MapPatch("/organizations/{id}", UpdateAsync).RequireScope("update:organizations");
        api.MapDelete("/organizations/{id}", DeleteAsync).RequireScope("delete:organizations");
        api.MapGet("/users/{id}/organizations", OfUserAsync).RequireScope("read:organizations");
        api.MapGet("/client-grants/{id}/organizations", OfClientGrantAsync)
            .RequireScope("read:organization_client_grants");
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, Paging paging, OrganizationListService organizations, CancellationToken ct) =>
        TypedResults.Ok(await organizations.ListAsync(Query.Text(http, "sort"), paging, ct));

    private static async Task<IResult> CreateAsync(
        JsonBody body, ManagementPrincipal caller, OrganizationService organizations, CancellationToken ct) =>
        ManagementResults.Created(await organizations.CreateAsync(body, caller, ct));

    private static async Task<IResult> GetAsync(string id, OrganizationService organizations, CancellationToken ct) =>
        TypedResults.Ok(await organizations.GetAsync(id, ct));

    private static async Task<IResult> GetByNameAsync(
        string name, OrganizationService organizations, CancellationToken ct) =>
        TypedResults.Ok(await organizations.GetByNameAsync(name, ct));

    private static async Task<IResult> UpdateAsync(
        string id, JsonBody body, OrganizationService organizations, CancellationToken ct) =>
        TypedResults.Ok(await organizations.UpdateAsync(id, body, ct));

    private static async Task<IResult> DeleteAsync(
        string id, OrganizationService organizations, CancellationToken ct)
    {
        await organizations.DeleteAsync(id, ct);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> OfUserAsync(
        string id, Paging paging, OrganizationListService organizations, CancellationToken ct) =>
        TypedResults.Ok(await organizations.OfUserAsync(PathIds.Unslashed(id), paging, ct));

    private static async Task<IResult> OfClientGrantAsync(
        string id, Paging paging, OrganizationListService organizations, CancellationToken ct) =>
        TypedResults.Ok(await organizations.OfClientGrantAsync(id, paging, ct));
}
