using System.Text.Json;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Sessions;

internal static class UserSessionEndpoints
{
    public static void MapUserSessions(this RouteGroupBuilder api)
    {
        api.MapGet("/users/{id}/sessions", ListAsync).RequireScope("read:sessions");
        api.MapDelete("/users/{id}/sessions", DeleteAsync).RequireScope("delete:sessions");
        api.MapPost("/users/{id}/revoke-access", RevokeAccessAsync)
            .RequireScope("delete:sessions", "delete:refresh_tokens");
    }

    private static async Task<IResult> ListAsync(
        string id, Paging paging, SessionService sessions, CancellationToken ct) =>
        TypedResults.Ok(await sessions.ListOfUserAsync(PathIds.Unslashed(id), paging, ct));

    private static async Task<IResult> DeleteAsync(string id, SessionService sessions, CancellationToken ct)
    {
        await sessions.DeleteOfUserAsync(PathIds.Unslashed(id), ct);
        return ManagementResults.Accepted();
    }

    /// <summary>The body may be missing.</summary>
    private static async Task<IResult> RevokeAccessAsync(
        string id, HttpContext http, ManagementPrincipal caller, SessionService sessions, CancellationToken ct)
    {
        var hasBody = http.Request.ContentLength is > 0 || http.Request.Headers.TransferEncoding.Count > 0;
        var body = hasBody
            ? new JsonBody(await JsonBody.ReadAsync(http, JsonValueKind.Object))
            : JsonBody.Empty;
        await sessions.RevokeAccessAsync(PathIds.Unslashed(id), body, caller, ct);
        return ManagementResults.Accepted();
    }
}
