using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Sessions;

internal static class RefreshTokenEndpoints
{
    public static void MapRefreshTokens(this RouteGroupBuilder api)
    {
        api.MapGet("/refresh-tokens", ListAsync).RequireScope("read:refresh_tokens");
        api.MapGet("/refresh-tokens/{id}", GetAsync).RequireScope("read:refresh_tokens");
        api.MapDelete("/refresh-tokens/{id}", DeleteAsync).RequireScope("delete:refresh_tokens");
        api.MapPost("/refresh-tokens/revoke", RevokeSelectedAsync).RequireScope("delete:refresh_tokens");
        api.MapGet("/users/{id}/refresh-tokens", ListOfUserAsync).RequireScope("read:refresh_tokens");
        api.MapDelete("/users/{id}/refresh-tokens", DeleteOfUserAsync).RequireScope("delete:refresh_tokens");
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, Paging paging, Fields fields, RefreshTokenService tokens, CancellationToken ct) =>
        TypedResults.Ok(await tokens.ListAsync(
            Query.Required(http, "user_id"), Query.Text(http, "client_id"), paging, fields, ct));

    private static async Task<IResult> GetAsync(string id, RefreshTokenService tokens, CancellationToken ct) =>
        TypedResults.Ok(await tokens.GetAsync(id, ct));

    private static async Task<IResult> DeleteAsync(string id, RefreshTokenService tokens, CancellationToken ct)
    {
        await tokens.DeleteAsync(id, ct);
        return ManagementResults.Accepted();
    }

    private static async Task<IResult> RevokeSelectedAsync(
        JsonBody body, RefreshTokenService tokens, CancellationToken ct)
    {
        await tokens.RevokeSelectedAsync(body, ct);
        return ManagementResults.Accepted();
    }

    private static async Task<IResult> ListOfUserAsync(
        string id, Paging paging, RefreshTokenService tokens, CancellationToken ct) =>
        TypedResults.Ok(await tokens.ListOfUserAsync(PathIds.Unslashed(id), paging, ct));

    private static async Task<IResult> DeleteOfUserAsync(string id, RefreshTokenService tokens, CancellationToken ct)
    {
        await tokens.DeleteOfUserAsync(PathIds.Unslashed(id), ct);
        return ManagementResults.Accepted();
    }
}
