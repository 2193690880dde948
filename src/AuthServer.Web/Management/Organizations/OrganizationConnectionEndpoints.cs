using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Organizations;

/// <summary>
/// The connections of an organization: at <c>enabled_connections</c> those that are on, at <c>connections</c> all.
/// </summary>
internal static class OrganizationConnectionEndpoints
{
    public static void MapOrganizationConnections(this RouteGroupBuilder api)
    {
        Map(api, OrganizationConnectionView.Enabled);
        Map(api, OrganizationConnectionView.All);
    }

    private static void Map(RouteGroupBuilder api, OrganizationConnectionView view)
    {
        var path = "/organizations/{id}/" + view.Key;
        api.MapGet(
                path,
                async (
                    string id,
                    HttpContext http,
                    Paging paging,
                    OrganizationConnectionService connections,
                    CancellationToken ct) =>
                    TypedResults.Ok(await connections.ListAsync(
                        id, view, view.OnlyEnabled ? true : Query.Flag(http, "is_enabled"), paging, ct)))
            .RequireScope("read:organization_connections");
        api.MapPost(
                path,
                async (string id, JsonBody body, OrganizationConnectionService connections, CancellationToken ct) =>
                    ManagementResults.Created(await connections.AddAsync(id, view, body, ct)))
            .RequireScope("create:organization_connections");
        api.MapGet(
                path + "/{connectionId}",
                async (
                    string id,
                    string connectionId,
                    OrganizationConnectionService connections,
                    CancellationToken ct) =>
                    TypedResults.Ok(await connections.GetAsync(id, connectionId, view, ct)))
            .RequireScope("read:organization_connections");
        api.MapPatch(
                path + "/{connectionId}",
                async (
                    string id,
                    string connectionId,
                    JsonBody body,
                    OrganizationConnectionService connections,
                    CancellationToken ct) =>
                    TypedResults.Ok(await connections.UpdateAsync(id, connectionId, view, body, ct)))
            .RequireScope("update:organization_connections");
        api.MapDelete(
                path + "/{connectionId}",
                async (
                    string id,
                    string connectionId,
                    OrganizationConnectionService connections,
                    CancellationToken ct) =>
                {
                    await connections.DeleteAsync(id, connectionId, view, ct);
                    return TypedResults.NoContent();
                })
            .RequireScope("delete:organization_connections");
    }
}
