using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Users;

internal static class IdentityEndpoints
{
    public static void MapUserIdentities(this RouteGroupBuilder api)
    {
        api.MapPost("/users/{id}/identities", LinkAsync).RequireScope("update:users");
        api.MapDelete("/users/{id}/identities/{provider}/{identity}", UnlinkAsync).RequireScope("update:users");
    }

    private static async Task<IResult> LinkAsync(
        string id, JsonBody body, ManagementPrincipal caller, UserIdentityService identities, CancellationToken ct) =>
        ManagementResults.Created(await identities.LinkAsync(PathIds.Unslashed(id), body, caller, ct));

    private static async Task<IResult> UnlinkAsync(
        string id,
        string provider,
        string identity,
        ManagementPrincipal caller,
        UserIdentityService identities,
        CancellationToken ct) =>
        TypedResults.Ok(await identities.UnlinkAsync(
            PathIds.Unslashed(id), PathIds.Unslashed(provider), PathIds.Unslashed(identity), caller, ct));
}
