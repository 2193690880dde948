using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Sessions;

/// <summary>Auth0's older view of the same refresh tokens. There are no other device credentials here.</summary>
internal static class DeviceCredentialEndpoints
{
    public static void MapDeviceCredentials(this RouteGroupBuilder api)
    {
        api.MapGet("/device-credentials", ListAsync).RequireScope("read:device_credentials");
        api.MapDelete("/device-credentials/{id}", DeleteAsync).RequireScope("delete:device_credentials");
    }

    private static async Task<IResult> ListAsync(
        DeviceCredentialFilter filter,
        Paging paging,
        Fields fields,
        RefreshTokenService tokens,
        CancellationToken ct) =>
        TypedResults.Ok(await tokens.ListDeviceCredentialsAsync(filter, paging, fields, ct));

    private static async Task<IResult> DeleteAsync(string id, RefreshTokenService tokens, CancellationToken ct)
    {
        await tokens.DeleteAsync(id, ct);
        return TypedResults.NoContent();
    }
}
